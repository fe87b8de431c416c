import { describe, expect, it } from 'vitest';
import type { CacheEntry } from '../../src/cache/cache-store.ts';
import { MemoryCacheStore } from '../../src/cache/memory-cache-store.ts';

function entry(bytes: number, name = 'x'): CacheEntry {
	return {
		method: 'GET',
		status: 200,
		statusText: 'OK',
		headers: { name, list: ['a', 'b'] },
		selection: {},
		receivedAt: 0,
		ageSecs: 0,
		freshSecs: 60,
		body: Buffer.alloc(bytes),
	};
}

it('gives back what it was given, and forgets', () => {
	const store = new MemoryCacheStore();
	const [one, two] = [entry(5), entry(6)];
	expect(store.get('a')).toBeUndefined();
	store.set('a', [one, two]);
	store.set('b', [two]);
	expect([store.get('a'), store.get('b')]).toEqual([[one, two], [two]]);
	store.delete('a');
	store.delete('never');
	expect([store.get('a'), store.get('b')]).toEqual([undefined, [two]]);
	store.clear();
	expect([store.get('b'), store.usedBytes]).toEqual([undefined, 0]);
});

describe('the limit', () => {
	it('holds whatever is stored', () => {
		const store = new MemoryCacheStore({ maxBytes: 100_000 });
		for (let i = 0; i < 200; i++) {
			store.set(`http://a.test/${i % 30}`, [entry((i * 7919) % 40_000), entry((i * 104_729) % 40_000)]);
			expect(store.usedBytes).toBeLessThanOrEqual(100_000);
		}
		expect(store.usedBytes).toBeGreaterThan(50_000);
	});

	it('what was not used for the longest time goes first', () => {
		const store = new MemoryCacheStore({ maxBytes: 100_000 });
		for (const key of ['a', 'b']) store.set(key, [entry(40_000)]);
		store.get('a');
		store.set('c', [entry(40_000)]);
		expect(['a', 'b', 'c'].map((key) => store.get(key) !== undefined)).toEqual([true, false, true]);
	});

	it('counts small things too', () => {
		const store = new MemoryCacheStore({ maxBytes: 100_000 });
		for (let i = 0; i < 1000; i++) store.set(`http://a.test/${i}`, [entry(0)]);
		let kept = 0;
		for (let i = 0; i < 1000; i++) if (store.get(`http://a.test/${i}`) !== undefined) kept += 1;
		expect(kept).toBeGreaterThan(10);
		expect(kept).toBeLessThan(100);
	});

	it('keeps of several responses to a URL those that fit, the newest first', () => {
		const store = new MemoryCacheStore({ maxBytes: 100_000 });
		const [newest, tooLarge, older] = [entry(60_000), entry(50_000), entry(10_000)];
		store.set('a', [newest, tooLarge, older]);
		expect(store.get('a')).toEqual([newest, older]);
	});

	it('what is too large takes the place of nothing, and leaves nothing old behind', () => {
		const store = new MemoryCacheStore({ maxBytes: 100_000 });
		store.set('other', [entry(10)]);
		store.set('a', [entry(10)]);
		store.set('a', [entry(100_000)]);
		expect([store.get('a'), store.get('other')?.length]).toEqual([undefined, 1]);
	});
});

it.each([0, -1, 1.5, Number.NaN])('refuses a limit of %s bytes', (maxBytes) => {
	expect(() => new MemoryCacheStore({ maxBytes })).toThrow('maxBytes is');
});

it('refuses an option that it does not have', () => {
	expect(() => new MemoryCacheStore({ maxEntries: 5 } as never)).toThrow('maxBytes');
});
