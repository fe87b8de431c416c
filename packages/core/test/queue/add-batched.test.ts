import { expect, test } from 'vitest';
import { addBatched } from '../../src/queue/add-batched.ts';
import type { NewRequest } from '../../src/store/crawl-store.ts';
import { newRequest } from '../store/requests.ts';

/** Remembers what it was given to store, and knows `known` already. */
class Store {
	readonly batches: number[] = [];
	readonly known: Set<string>;

	constructor(known: readonly string[] = []) {
		this.known = new Set(known.map((path) => newRequest(path).uniqueKey));
	}

	async add(requests: readonly NewRequest[]): ReturnType<Parameters<typeof addBatched>[1]['add']> {
		this.batches.push(requests.length);
		return requests.map(({ uniqueKey }) => {
			const wasAlreadyPresent = this.known.has(uniqueKey);
			this.known.add(uniqueKey);
			return { requestId: uniqueKey, uniqueKey, wasAlreadyPresent, wasAlreadyHandled: false };
		});
	}
}

function* paths(count: number): Generator<string> {
	for (let n = 0; n < count; n++) yield `/${n}`;
}

function run(
	store: Store,
	sources: Iterable<string> | AsyncIterable<string>,
	more = {},
): ReturnType<typeof addBatched> {
	const toRequest = (source: unknown): NewRequest => newRequest(source as string);
	return addBatched(sources, { toRequest, add: (requests) => store.add(requests), ...more });
}

test('stores batch by batch and answers in order', async () => {
	const store = new Store();
	const { addedRequests, ...rest } = await run(store, paths(2_500));
	expect(store.batches).toEqual([1_000, 1_000, 500]);
	expect(addedRequests.map(({ uniqueKey }) => uniqueKey)).toEqual(
		[...paths(2_500)].map((path) => newRequest(path).uniqueKey),
	);
	expect(await rest.waitForAllRequestsToBeAdded).toEqual([]);
	expect(rest).not.toHaveProperty('requestsOverLimit');
});

test('never holds more than a batch of an endless source', async () => {
	const store = new Store();
	let produced = 0;
	async function* source(): AsyncGenerator<string> {
		for (const path of paths(55)) {
			produced++;
			const stored = store.batches.reduce((sum, size) => sum + size, 0);
			expect(produced - stored).toBeLessThanOrEqual(10);
			yield path;
		}
	}
	await run(store, source(), { batchSize: 10 });
	expect(store.batches).toEqual([10, 10, 10, 10, 10, 5]);
});

test('stops at maxNewRequests, where known ones do not count', async () => {
	const store = new Store(['/1', '/3']);
	const { addedRequests, requestsOverLimit } = await run(store, paths(8), { maxNewRequests: 3 });
	expect(addedRequests.filter(({ wasAlreadyPresent }) => !wasAlreadyPresent)).toHaveLength(3);
	expect(requestsOverLimit).toEqual(['/5', '/6', '/7']);
	expect(store.known.has(newRequest('/5').uniqueKey)).toBe(false);
});

test('one that is there twice counts once', async () => {
	const { requestsOverLimit } = await run(new Store(), ['/1', '/1', '/1', '/2', '/3'], { maxNewRequests: 2 });
	expect(requestsOverLimit).toEqual(['/3']);
});

test('nothing at all is fine too', async () => {
	expect((await run(new Store(), [])).addedRequests).toEqual([]);
	expect((await run(new Store(), ['/1'], { maxNewRequests: 0 })).requestsOverLimit).toEqual(['/1']);
});
