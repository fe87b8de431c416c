import { describe, expect, it } from 'vitest';
import type { CacheEntry } from '../../src/cache/cache-store.ts';
import { selectionOf } from '../../src/cache/selection.ts';
import { StoredResponses } from '../../src/cache/stored-responses.ts';
import { transportRequest } from './support/cached-client.ts';

const URL_A = 'http://a.test/a';

function asking(language: string, method = 'GET') {
	return transportRequest(URL_A, { 'accept-language': language }, { method });
}

function answering(
	language: string,
	{ vary = 'accept-language', method = 'GET', receivedAt = 0, etag = '"1"', body = language } = {},
) {
	const entry: CacheEntry = {
		method: method === 'HEAD' ? 'HEAD' : 'GET',
		status: 200,
		statusText: 'OK',
		headers: { etag },
		selection: selectionOf(asking(language).headers, vary) ?? {},
		receivedAt,
		ageSecs: 0,
		freshSecs: 60,
		body: Buffer.from(body),
	};
	return entry;
}

async function found(responses: StoredResponses, language: string, method = 'GET'): Promise<string | undefined> {
	return (await responses.find(asking(language, method)))?.body.toString();
}

const TIME = { since: 0, now: 1_000_000 };

describe('the responses of one URL', () => {
	it('are at most sixteen, the newest', async () => {
		const store = new Map<string, readonly CacheEntry[]>();
		const responses = new StoredResponses(store);
		for (let i = 0; i < 20; i++) {
			responses.add(asking(`${i}`), answering(`${i}`, { receivedAt: i }), TIME);
			expect(await found(responses, `${i}`)).toBe(`${i}`);
		}
		expect([await found(responses, '19'), await found(responses, '4'), await found(responses, '3')]).toEqual([
			'19',
			'4',
			undefined,
		]);
		expect(store.get(URL_A)?.length).toBe(16);
	});

	it('are replaced by one that answers the same requests', async () => {
		const store = new Map<string, readonly CacheEntry[]>();
		const responses = new StoredResponses(store);
		responses.add(asking('a'), answering('a'), TIME);
		responses.add(asking('b'), answering('b'), TIME);
		responses.add(asking('a'), answering('a', { receivedAt: 1 }), TIME);
		await found(responses, 'a');
		expect(store.get(URL_A)?.map(({ receivedAt }) => receivedAt)).toEqual([1, 0]);
		responses.add(asking('a'), answering('a', { vary: '', receivedAt: 2, body: 'all' }), TIME);
		expect([await found(responses, 'a'), await found(responses, 'b'), await found(responses, 'c')]).toEqual([
			'all',
			'all',
			'all',
		]);
	});

	it('are removed one by one', async () => {
		const store = new Map<string, readonly CacheEntry[]>();
		const responses = new StoredResponses(store);
		for (const language of ['a', 'b']) responses.add(asking(language), answering(language), TIME);
		responses.remove(asking('a'));
		expect([await found(responses, 'a'), await found(responses, 'b')]).toEqual([undefined, 'b']);
		responses.remove(asking('b'));
		await found(responses, 'b');
		expect(store.size).toBe(0);
	});
});

describe('HEAD', () => {
	it('is answered from both, GET only from its own', async () => {
		const responses = new StoredResponses(new Map());
		responses.add(asking('a', 'HEAD'), answering('a', { method: 'HEAD' }), TIME);
		expect([await found(responses, 'a', 'HEAD'), await found(responses, 'a')]).toEqual(['a', undefined]);
		responses.add(asking('b'), answering('b'), TIME);
		expect([await found(responses, 'b', 'HEAD'), await found(responses, 'b')]).toEqual(['b', 'b']);
	});

	it('leaves the GET, unless it is out of date', async () => {
		const responses = new StoredResponses(new Map());
		responses.add(asking('a'), answering('a'), TIME);
		responses.add(asking('a', 'HEAD'), answering('a', { method: 'HEAD', body: 'head' }), TIME);
		expect([await found(responses, 'a'), await found(responses, 'a', 'HEAD')]).toEqual(['a', 'head']);
		responses.add(asking('a', 'HEAD'), answering('a', { method: 'HEAD', etag: '"2"' }), TIME);
		expect(await found(responses, 'a')).toBeUndefined();
	});
});

describe('invalidation', () => {
	it('forgets what is stored, and what was asked for before', async () => {
		const responses = new StoredResponses(new Map());
		const early = responses.moment();
		responses.add(asking('a'), answering('a'), { ...TIME, since: early });
		responses.invalidate([URL_A, 'http://a.test/other']);
		responses.add(asking('a'), answering('a', { body: 'late' }), { ...TIME, since: early });
		expect(await found(responses, 'a')).toBeUndefined();
		responses.add(asking('a'), answering('a', { body: 'new' }), { ...TIME, since: responses.moment() });
		expect(await found(responses, 'a')).toBe('new');
	});
});

it.each([
	['a newer one stays', 10, 20, 'stored'],
	['one of the same time does not', 10, 10, 'added'],
	['nor one of the future', 10, 1_000_001, 'added'],
])('%s', async (_, receivedAt, storedAt, expected) => {
	const responses = new StoredResponses(new Map());
	responses.add(asking('a'), answering('a', { receivedAt: storedAt, body: 'stored' }), TIME);
	responses.add(asking('a'), answering('a', { receivedAt, body: 'added' }), TIME);
	expect(await found(responses, 'a')).toBe(expected);
});
