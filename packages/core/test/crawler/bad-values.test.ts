import { startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import { type Crawler, type CrawlerContext, type CrawlerOptions, NonRetryableError } from '../../src/index.ts';
import { rowsOf, testCrawler, watchRejections } from './crawl.ts';

const fails = (): never => {
	throw new Error('asked too much');
};
const circular = (): Record<string, unknown> => {
	const value: Record<string, unknown> = {};
	value.self = value;
	return value;
};

type Misbehaviour = (context: CrawlerContext) => unknown;

/** Crawls eight pages, of which the fourth misbehaves; answers how it failed, or undefined when it did not. */
async function failureOf(misbehave: Misbehaviour, options: CrawlerOptions = {}): Promise<string | undefined> {
	const rejections = watchRejections();
	await using site = await startServer({ '/*': '<p>page</p>' });
	const crawler: Crawler = testCrawler({
		maxRequestRetries: 1,
		retry: { baseDelaySecs: 0 },
		requestHandler: async (context) => {
			await context.pushData({ url: context.request.url });
			if (context.request.url.endsWith('/3')) await misbehave(context);
		},
		...options,
	});
	const urls = Array.from({ length: 8 }, (_, n) => `${site.url}/${n}`);
	await crawler.run(urls);
	const failed = await crawler.failedRequests();
	const good = urls.filter((url) => !failed.some((failure) => failure.url === url));
	expect(good.length).toBeGreaterThanOrEqual(7);
	expect((await rowsOf(crawler)).map(({ url }) => url).sort()).toEqual(good);
	expect(crawler.counts()).toMatchObject({ handled: good.length, leased: 0, waiting: 0, delayed: 0 });
	expect(rejections).toEqual([]);
	return failed[0]?.error;
}

describe('whatever a handler throws, its page fails and the others go on', () => {
	test.each<[string, unknown, string]>([
		['no message', Object.assign(new Error('x'), { message: undefined }), 'Error without a message'],
		['an object as message', Object.assign(new Error('x'), { message: { a: 1 } }), 'Error without a message'],
		['a toString that throws', { toString: fails, code: 7 }, '{ toString: [Function: fails], code: 7 }'],
		['a stack that throws', Object.defineProperty(new Error('x'), 'stack', { get: fails }), 'x'],
		[
			'a message that throws',
			Object.defineProperty(new Error('x'), 'message', { get: fails }),
			'Error without a message',
		],
		['a cause in a circle', Object.assign(new Error('x'), circular(), { cause: circular() }), 'x'],
		['a code that throws', Object.defineProperty(new Error('x'), 'code', { get: fails }), 'x'],
		['a status that throws', Object.defineProperty(new Error('x'), 'statusCode', { get: fails }), 'x'],
		['no prototype', Object.create(null), '[Object: null prototype] {}'],
		['a status that is none', Object.assign(new NonRetryableError('x'), { statusCode: 'bad' }), 'x'],
	])('%s', async (_, thrown, message) => {
		const failure = await failureOf(() => {
			throw thrown;
		});
		expect(failure).toBe(message);
	});
});

describe('a call with a value that cannot be stored fails its page', () => {
	test.each<[string, Misbehaviour, string]>([
		['no dataset', ({ pushData }) => pushData({}, null as never), 'name of the dataset for pushData must be a text'],
		['an object as dataset', ({ pushData }) => pushData({}, {} as never), 'must be a text that is not empty, not {}.'],
		['an empty dataset', ({ pushData }) => pushData({}, ''), 'not "".'],
		[
			'an index as dataset',
			({ pushData }) => Promise.all([{ a: 1 }, { a: 2 }].map(pushData as never)),
			'must be a text, not 0. In rows.map(pushData) it is the index of the row: give the whole list, pushData(rows).',
		],
		['a circular row', ({ pushData }) => pushData(circular()), 'a row for pushData must be of what JSON can hold'],
		['a label', ({ enqueueLinks }) => enqueueLinks({ urls: ['/zz'], label: {} as never }), 'label of enqueueLinks'],
		['userData of links', ({ enqueueLinks }) => enqueueLinks({ urls: ['/zz'], userData: circular() }), 'userData of'],
		['a function', ({ addRequests }) => addRequests([{ url: '/zz', userData: { go: fails } }]), '(go is a function)'],
		['a text of requests', ({ addRequests }) => addRequests('/zz' as never), "Requests are given as a list: ['/zz']."],
		['no URL', ({ addRequests }) => addRequests([{ label: 'x' }]), 'undefined is not a URL that can be crawled'],
		['null', ({ addRequests }) => addRequests([null as never]), 'null is not a URL that can be crawled'],
		[
			'crawler.addRequests',
			({ crawler }) => crawler.addRequests([{ url: 'http://a.test/', label: 5 as never }]),
			'label of',
		],
	])('%s', async (_, misbehave, message) => {
		expect(await failureOf(misbehave)).toContain(message);
	});

	test.each<[string, Misbehaviour, string]>([
		['pushData', ({ pushData }) => void pushData({}, null as never), 'name of the dataset'],
		['rows.map(pushData)', ({ pushData }) => void [{ a: 1 }].map(pushData as never), 'In rows.map(pushData)'],
		['enqueueLinks', ({ enqueueLinks }) => void enqueueLinks({ limit: -1 }), 'limit of enqueueLinks'],
		['addRequests', ({ addRequests }) => void addRequests([{ url: '/zz', priority: 0.5 }]), 'priority of the request'],
		['crawler.addRequests', ({ crawler }) => void crawler.addRequests(['nope']), '"nope" is not a URL'],
	])('also when nobody awaits it: %s', async (_, misbehave, message) => {
		expect(await failureOf(misbehave)).toContain(message);
	});

	test('unless the handler catches it', async () => {
		expect(await failureOf(({ pushData }) => pushData({}, null as never).catch(() => {}))).toBeUndefined();
	});
});

describe('a request that handlers leave in a state that cannot be stored fails', () => {
	const change = (request: CrawlerContext['request'], changes: object): void => void Object.assign(request, changes);

	const CHANGES: [string, (request: CrawlerContext['request']) => void, string][] = [
		[
			'half a retryCount',
			(request) => change(request, { retryCount: 1.5 }),
			'must be a whole number of at least 0, got 1.5.',
		],
		['a text as retryCount', (request) => change(request, { retryCount: 'x' }), 'retryCount of the request for http'],
		['a label', (request) => change(request, { label: 5 }), 'label of the request'],
		['a payload of a GET', (request) => change(request, { payload: 'x' }), 'A GET request has no payload'],
		['BigInt', ({ userData }) => change(userData as never, { n: 1n }), 'userData of the request'],
		['a circle', ({ userData }) => change(userData as never, circular()), 'userData of the request'],
		['rotations', (request) => change(request, { sessionRotationCount: 'x' }), 'sessionRotationCount of the request'],
		['maxRetries', (request) => change(request, { maxRetries: 'x' }), 'maxRetries of the request'],
		['a URL', (request) => change(request, { url: 5 }), '5 is not a URL that can be crawled'],
		['frozen', (request) => void Object.freeze(request), 'read only'],
	];

	test.each(CHANGES)('by the handler: %s', async (_, spoil, message) => {
		const failure = await failureOf(({ request }) => {
			spoil(request);
			throw new Error('as it happens');
		});
		expect(failure).toContain(message);
		expect(failure).toMatch(/ Before that: as it happens$/);
	});

	test.each(CHANGES)('by the error handler: %s', async (_, spoil, message) => {
		const errorHandler: CrawlerOptions['errorHandler'] = ({ request }) => spoil(request as never);
		expect(await failureOf(() => fails(), { errorHandler })).toContain(message);
	});

	test('what was kept of its errors is no matter', async () => {
		const failure = await failureOf(({ request }) => {
			change(request, { errorMessages: undefined });
			fails();
		});
		expect(failure).toBe('asked too much');
	});

	test('a page that is handled counts its tries itself', async () => {
		expect(await failureOf(({ request }) => change(request, { retryCount: 'x', uniqueKey: 5 }))).toBeUndefined();
	});
});

describe('a read with a bad argument fails alone', () => {
	test.each<[string, (crawler: Crawler) => Promise<unknown>, string]>([
		[
			'half a limit',
			(crawler) => crawler.failedRequests({ limit: 1.5 }),
			'limit of failedRequests must be a whole number',
		],
		['NaN', (crawler) => crawler.failedRequests({ limit: Number.NaN }), 'not NaN.'],
		['a text', (crawler) => crawler.rejectedItems({ offset: 'x' as never }), 'offset of rejectedItems must be a whole'],
		['null', (crawler) => crawler.rejectedItems(null as never), 'rejectedItems takes an object with offset and limit'],
		[
			'another option',
			(crawler) => crawler.failedRequests({ first: 1 } as never),
			'failedRequests has no option first',
		],
		['no URL', (crawler) => crawler.history({} as never), 'url of history must be a text that is not empty, not {}.'],
	])('%s', async (_, read, message) => {
		const failure = await failureOf(async ({ crawler }) => {
			await expect(read(crawler)).rejects.toMatchObject({
				code: 'ORB_INVALID_OPTION',
				message: expect.stringContaining(message),
			});
		});
		expect(failure).toBeUndefined();
	});

	test('without a limit, all are answered', async () => {
		const failure = await failureOf(async ({ crawler }) => {
			expect(await crawler.failedRequests({ limit: Number.POSITIVE_INFINITY })).toEqual([]);
		});
		expect(failure).toBeUndefined();
	});
});
