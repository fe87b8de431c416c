import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CacheEntry, CacheStore } from '../../src/cache/cache-store.ts';
import { GuardedStore } from '../../src/cache/guarded-store.ts';

function entry(name: string): CacheEntry {
	return {
		method: 'GET',
		status: 200,
		statusText: name,
		headers: {},
		selection: {},
		receivedAt: 0,
		ageSecs: 0,
		freshSecs: 60,
		body: Buffer.from(name),
	};
}

/** Warnings of this process since now, kept from its output. */
function heardWarnings(): unknown[] {
	const messages: unknown[] = [];
	const spy = vi.spyOn(process, 'emitWarning').mockImplementation((message) => {
		messages.push(message);
	});
	onTestFinished(() => spy.mockRestore());
	return messages;
}

const names = (entries: readonly CacheEntry[]): string[] => entries.map(({ statusText }) => statusText);

afterEach(() => {
	vi.useRealTimers();
});

/** A store whose answers come a turn of the event loop later. */
class SlowStore implements CacheStore {
	readonly #map = new Map<string, readonly CacheEntry[]>();

	async get(key: string): Promise<readonly CacheEntry[] | undefined> {
		await setImmediate();
		return this.#map.get(key);
	}

	async set(key: string, entries: readonly CacheEntry[]): Promise<void> {
		await setImmediate();
		this.#map.set(key, entries);
	}

	async delete(key: string): Promise<void> {
		await setImmediate();
		this.#map.delete(key);
	}
}

describe.each<[string, CacheStore]>([
	['synchronous', new Map<string, readonly CacheEntry[]>()],
	['asynchronous', new SlowStore()],
])('with a store that is %s', (_, store) => {
	it('changes of a key are made one after another, and read after that', async () => {
		const guarded = new GuardedStore(store);
		expect(await guarded.read('a')).toEqual([]);
		for (const name of ['1', '2', '3']) void guarded.change('a', (entries) => [entry(name), ...entries]);
		void guarded.change('b', () => [entry('other')]);
		expect(names(await guarded.read('a'))).toEqual(['3', '2', '1']);
		void guarded.change('a', () => undefined);
		expect(names(await guarded.read('a'))).toEqual(['3', '2', '1']);
		void guarded.forget('a');
		void guarded.change('a', (entries) => [entry(`after ${entries.length}`)]);
		expect(names(await guarded.read('a'))).toEqual(['after 0']);
		void guarded.change('a', () => []);
		expect([await guarded.read('a'), names(await guarded.read('b'))]).toEqual([[], ['other']]);
		expect(await store.get('a')).toBeUndefined();
	});
});

const fails = (): never => {
	throw new Error('no space left');
};

describe('a store that fails has nothing and keeps nothing, and warns once', () => {
	it.each<[string, CacheStore]>([
		['at once', { get: fails, set: fails, delete: fails }],
		[
			'later',
			{
				get: () => Promise.reject(new Error('no space left')),
				set: () => Promise.reject(new Error('no space left')),
				delete: () => Promise.reject(new Error('no space left')),
			},
		],
	])('%s', async (_, store) => {
		const warnings = heardWarnings();
		const guarded = new GuardedStore(store);
		expect(await guarded.read('a')).toEqual([]);
		await guarded.change('a', () => [entry('1')]);
		await guarded.forget('a');
		expect(await guarded.read('a')).toEqual([]);
		expect(warnings).toEqual(['The store of the HTTP cache failed: no space left']);
	});

	it('in set alone: what comes after is not lost', async () => {
		const map = new Map<string, readonly CacheEntry[]>();
		let failing = true;
		const store: CacheStore = {
			get: (key) => map.get(key),
			set: (key, entries) => (failing ? fails() : map.set(key, entries)),
			delete: (key) => map.delete(key),
		};
		const guarded = new GuardedStore(store);
		const warnings = heardWarnings();
		await guarded.change('a', () => [entry('1')]);
		expect(warnings).toHaveLength(1);
		failing = false;
		await guarded.change('a', (entries) => [entry('2'), ...entries]);
		expect(names(await guarded.read('a'))).toEqual(['2']);
	});
});

it.each<[string, unknown]>([
	['no list', 5],
	['what JSON makes of a body', [JSON.parse(JSON.stringify(entry('1')))]],
	['an entry without headers', [{ ...entry('1'), headers: null }]],
	['an entry without a selection', [{ ...entry('1'), selection: undefined }]],
	['an entry without an age', [{ ...entry('1'), ageSecs: undefined }]],
	['an entry from another time', [{ ...entry('1'), receivedAt: '2026' }]],
	['no entry', [null]],
])('a store that hands out %s has failed', async (_, stored) => {
	const warnings = heardWarnings();
	const store = { get: () => stored as readonly CacheEntry[], set: () => undefined, delete: () => undefined };
	expect(await new GuardedStore(store).read('a')).toEqual([]);
	expect(warnings).toHaveLength(1);
});

describe('a store that never answers', () => {
	const never = (): Promise<never> => new Promise(() => undefined);

	it('is waited for two seconds', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		heardWarnings();
		const guarded = new GuardedStore({ get: never, set: never, delete: never });
		let entries: readonly CacheEntry[] | undefined;
		const read = guarded.read('a').then((found) => {
			entries = found;
		});
		await vi.advanceTimersByTimeAsync(1_999);
		expect(entries).toBeUndefined();
		await vi.advanceTimersByTimeAsync(1);
		await read;
		expect(entries).toEqual([]);
		expect(vi.getTimerCount()).toBe(0);
	});

	it('however many changes wait for it, of which only some are kept', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		heardWarnings();
		let asked = 0;
		const get = (): undefined => {
			asked += 1;
		};
		const store: CacheStore = { get, set: never, delete: never };
		const guarded = new GuardedStore(store);
		let done = 0;
		for (let i = 0; i < 50; i++) void guarded.change('a', () => [entry('1')]).then(() => (done += 1));
		const read = guarded.read('a');
		await vi.advanceTimersByTimeAsync(2_000);
		expect(await read).toEqual([]);
		await vi.advanceTimersByTimeAsync(60_000);
		// Eight that were tried; the read gave up before it had its turn.
		expect([done, asked]).toEqual([50, 9]);
		expect(vi.getTimerCount()).toBe(0);
	});
});

it('a store that answers in time leaves no timer behind', async () => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	const guarded = new GuardedStore({ get: async () => [entry('1')], set: async () => 1, delete: async () => 1 });
	await guarded.change('a', (entries) => entries);
	expect(names(await guarded.read('a'))).toEqual(['1']);
	expect(vi.getTimerCount()).toBe(0);
});
