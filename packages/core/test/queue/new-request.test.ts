import { describe, expect, test } from 'vitest';
import { Request } from '../../src/crawlee.ts';
import { InvalidOptionError } from '../../src/errors.ts';
import { linkRequest, type RequestSource, toNewRequest } from '../../src/queue/new-request.ts';
import { UrlKeys } from '../../src/queue/url-keys.ts';

const keys = new UrlKeys();
const URL_1 = 'http://a.example/p';

describe('from a text', () => {
	test('is known by its normalised address, and fetched as it was given', () => {
		expect(toNewRequest(' HTTP://A.example:80/p?b=1&a=2#f ', keys)).toMatchObject({
			uniqueKey: 'http://a.example/p?a=2&b=1',
			url: 'HTTP://A.example:80/p?b=1&a=2#f',
			domain: 'a.example',
			method: 'GET',
			priority: 0,
			crawlDepth: 0,
		});
	});

	test('forefront goes ahead of what has no priority', () => {
		expect(toNewRequest(URL_1, keys, { forefront: true }).priority).toBe(1);
		expect(toNewRequest({ url: URL_1 }, keys, { forefront: true }).priority).toBe(1);
		expect(toNewRequest({ url: URL_1, priority: -2 }, keys, { forefront: true, parentId: 3 })).toMatchObject({
			priority: -2,
			parentId: 3,
		});
	});

	test.each([
		'',
		'/relative',
		'example.com',
		'ftp://a.example/',
		'mailto:a@b.example',
		'javascript:void 0',
		'http://',
		'http://a b/',
	])('%j cannot be crawled', (text) => {
		for (const source of [text, { url: text }]) {
			expect(() => toNewRequest(source, keys)).toThrow(InvalidOptionError);
			expect(() => toNewRequest(source, keys)).toThrow(`${JSON.stringify(text)} is not a URL that can be crawled`);
		}
	});

	test.each([undefined, null, 5, {}, Object.create(null)])('nor can %o', (url) => {
		expect(() => toNewRequest(url as unknown as RequestSource, keys)).toThrow('is not a URL that can be crawled');
		expect(() => toNewRequest({ url } as unknown as RequestSource, keys)).toThrow(InvalidOptionError);
	});
});

describe('from options', () => {
	test('a plain one costs no data', () => {
		expect(toNewRequest({ url: URL_1, userData: {}, headers: {} }, keys).data).toBeUndefined();
	});

	test('what it carries is kept, the label once', () => {
		const { label, data } = toNewRequest(
			{ url: URL_1, label: 'L', userData: { label: 'L', a: 1 }, noRetry: true },
			keys,
		);
		expect({ label, data }).toEqual({ label: 'L', data: { userData: { a: 1 }, noRetry: true } });
		expect(toNewRequest({ url: URL_1, userData: { label: 'L' } }, keys)).toMatchObject({ label: 'L', data: undefined });
	});

	test('it is taken as it is at that moment', () => {
		const userData = { deep: { n: 1 } };
		const headers = { 'x-n': '1' };
		const { data } = toNewRequest({ url: URL_1, userData, headers }, keys);
		userData.deep.n = 2;
		headers['x-n'] = '2';
		expect(data).toEqual({ userData: { deep: { n: 1 } }, headers: { 'x-n': '1' } });
	});

	test('another label inside userData is not lost', () => {
		const { label, data } = toNewRequest({ url: URL_1, label: 'L', userData: { label: 'M' } }, keys);
		expect({ label, data }).toEqual({ label: 'L', data: { userData: { label: 'M' } } });
	});

	test('what only looks like a label stays where it is', () => {
		const { label, data } = toNewRequest({ url: URL_1, userData: { label: { deep: 1 } } }, keys);
		expect({ label, data }).toEqual({ label: undefined, data: { userData: { label: { deep: 1 } } } });
	});

	test('method and payload tell requests of one address apart', () => {
		const keyOf = (source: Partial<RequestSource>): string => toNewRequest({ url: URL_1, ...source }, keys).uniqueKey;
		const all = [
			keyOf({}),
			keyOf({ method: 'POST' }),
			keyOf({ method: 'POST', payload: 'a' }),
			keyOf({ method: 'POST', payload: 'b' }),
			keyOf({ method: 'PUT', payload: 'a' }),
			keyOf({ method: 'GET', useExtendedUniqueKey: true }),
			keyOf({ uniqueKey: 'own' }),
		];
		expect(new Set(all).size).toBe(all.length);
		expect(keyOf({ method: 'post' as 'POST', payload: 'a' })).toBe(keyOf({ method: 'POST', payload: 'a' }));
	});

	test('a fragment counts only when it is to be kept', () => {
		const key = (keepUrlFragment: boolean): string =>
			toNewRequest({ url: `${URL_1}#x`, keepUrlFragment }, keys).uniqueKey;
		expect([key(false), key(true)]).toEqual([URL_1, `${URL_1}#x`]);
	});
});

test('from a Request of Crawlee’s, nothing of its inner life is stored', () => {
	const request = new Request({ url: URL_1, userData: { a: 1 }, label: 'L', maxRetries: 2, skipNavigation: true });
	request.pushErrorMessage(new Error('first'));
	const stored = toNewRequest(request, keys);
	expect(stored).toMatchObject({ url: URL_1, label: 'L' });
	expect(JSON.parse(JSON.stringify(stored.data))).toEqual({
		userData: { a: 1 },
		maxRetries: 2,
		skipNavigation: true,
		errorMessages: [expect.stringContaining('first')],
	});
});

describe('what could not be stored or handed out is the fault of the request', () => {
	const circular: Record<string, unknown> = {};
	circular.self = circular;
	test.each<[object, string]>([
		[{ uniqueKey: '' }, "uniqueKey of the request for http://a.example/p must be a text, got ''."],
		[{ method: 'FETCH' }, 'method of the request for http://a.example/p must be GET, HEAD'],
		[{ priority: 0.5 }, 'priority of the request for http://a.example/p must be a whole number, got 0.5.'],
		[{ priority: Number.NaN }, 'must be a whole number, got NaN'],
		[{ crawlDepth: -1 }, 'crawlDepth of the request for http://a.example/p must be a whole number of at least 0'],
		[{ label: 5 }, 'label of the request for http://a.example/p must be a text, got 5.'],
		[{ method: 'POST', payload: new Uint8Array(2) }, 'payload of the request for http://a.example/p must be a text'],
		[{ payload: 'x' }, "A GET request has no payload; set method: 'POST' for http://a.example/p."],
		[{ maxRetries: 1.5 }, 'maxRetries of the request'],
		[{ headers: 'a: b' }, 'headers of the request'],
		[{ headers: { a: 1n } }, 'headers of the request for http://a.example/p must be of what JSON can hold'],
		[{ label: Object.create(null) }, 'must be a text, got [Object: null prototype] {}.'],
		[{ sessionRotationCount: 'x' }, 'sessionRotationCount of the request'],
		[{ enqueueStrategy: 'near' }, 'must be one of all, same-domain, same-hostname, same-origin'],
		[{ errorMessages: [{}] }, 'errorMessages of the request'],
		[
			{ userData: { go: () => 1 } },
			'must be of what JSON can hold, such as text, numbers and lists (go is a function)',
		],
		[{ userData: { n: 1n } }, 'userData of the request for http://a.example/p must be of what JSON can hold'],
		[{ userData: circular }, 'userData of the request for http://a.example/p must be of what JSON can hold'],
	])('%o', (options, message) => {
		const attempt = (): unknown => toNewRequest({ url: URL_1, ...options } as RequestSource, keys);
		expect(attempt).toThrow(InvalidOptionError);
		expect(attempt).toThrow(message);
	});
});

test('a link is taken as it is', () => {
	expect(linkRequest('http://a.example:81/x', 'key', { crawlDepth: 2, label: 'L', parentId: 9 })).toEqual({
		uniqueKey: 'key',
		url: 'http://a.example:81/x',
		domain: 'a.example:81',
		method: 'GET',
		label: 'L',
		priority: 0,
		crawlDepth: 2,
		data: undefined,
		parentId: 9,
	});
});
