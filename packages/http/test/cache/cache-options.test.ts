import { expect, it } from 'vitest';
import { cacheSettings, type HttpCacheOptions } from '../../src/cache/cache-options.ts';
import { MemoryCacheStore } from '../../src/cache/memory-cache-store.ts';

it('false, or nothing, is no cache', () => {
	expect(cacheSettings(false)).toBeUndefined();
	expect(cacheSettings(undefined)).toBeUndefined();
});

it('true is a private cache in memory', () => {
	const settings = cacheSettings(true);
	expect(settings).toMatchObject({ maxEntryBytes: 2_097_152, shared: false, heuristic: false });
	expect(settings?.store).toBeInstanceOf(MemoryCacheStore);
	expect(cacheSettings(true)?.store).not.toBe(settings?.store);
});

it('a store of the caller is used as it is', () => {
	const store = new MemoryCacheStore();
	expect(cacheSettings({ store, shared: true, heuristic: true, maxEntryBytes: 5 })).toEqual({
		store,
		shared: true,
		heuristic: true,
		maxEntryBytes: 5,
	});
});

it.each<[HttpCacheOptions | boolean | undefined, string]>([
	[{ maxbytes: 1 } as HttpCacheOptions, 'did you mean "maxBytes"'],
	[{ maxBytes: 0 }, 'maxBytes is 0'],
	[{ maxEntryBytes: -1 }, 'cache.maxEntryBytes is -1'],
	[{ maxEntryBytes: 1.5 }, 'cache.maxEntryBytes is 1.5'],
	[{ shared: 'no' as never }, 'cache.shared is no: give true or false.'],
	[{ heuristic: 0 as never }, 'cache.heuristic is 0: give true or false.'],
	[{ store: new Map() as never }, ''],
	[{ store: { get: () => undefined, set: () => undefined } as never }, 'cache.store has no function delete'],
	[{ store: new MemoryCacheStore(), maxBytes: 5 }, 'leave one out'],
	['yes' as never, 'cache is yes: give true, false or an object.'],
	[null as never, 'cache is null'],
])('%j: %s', (options, message) => {
	if (message === '') expect(() => cacheSettings(options)).not.toThrow();
	else expect(() => cacheSettings(options)).toThrow(message);
});
