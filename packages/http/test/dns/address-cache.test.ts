import { describe, expect, it } from 'vitest';
import { AddressCache } from '../../src/dns/address-cache.ts';
import type { Resolve } from '../../src/dns/resolve.ts';
import { rejection } from '../support/until.ts';

const ADDRESS = { address: '192.0.2.1', family: 4 };

/** A resolver that counts, and a clock that stands still. */
function setUp(options: { ttlMs?: number; maxEntries?: number; resolve?: Resolve } = {}) {
	const asked: string[] = [];
	const clock = { now: 0 };
	const resolve: Resolve = async (hostname, family) => {
		asked.push(`${hostname}/${family}`);
		return (await options.resolve?.(hostname, family)) ?? [ADDRESS];
	};
	const { ttlMs = 10_000, maxEntries = 3 } = options;
	return { asked, clock, cache: new AddressCache(resolve, { ttlMs, maxEntries, now: () => clock.now }) };
}

const failingWith =
	(code: string): Resolve =>
	() =>
		Promise.reject(Object.assign(new Error(code), { code }));

describe('an answer', () => {
	it('is kept for its time and then asked for again', async () => {
		const { cache, asked, clock } = setUp();
		expect(await cache.addresses('a', 0)).toEqual([ADDRESS]);
		clock.now = 9_999;
		expect(await cache.addresses('a', 0)).toEqual([ADDRESS]);
		expect(asked).toEqual(['a/0']);
		clock.now = 10_000;
		await cache.addresses('a', 0);
		expect(asked).toEqual(['a/0', 'a/0']);
	});

	it('is asked for once by all who want it at the same time', async () => {
		const { promise, resolve } = Promise.withResolvers<readonly (typeof ADDRESS)[]>();
		const { cache, asked } = setUp({ ttlMs: 0, resolve: () => promise });
		const all = Promise.all(Array.from({ length: 50 }, () => cache.addresses('a', 0)));
		resolve([ADDRESS]);
		expect(await all).toEqual(Array(50).fill([ADDRESS]));
		expect(asked).toEqual(['a/0']);
		await cache.addresses('a', 0);
		expect(asked).toHaveLength(2);
		expect(cache.size).toBe(0);
	});

	it('is one for each family', async () => {
		const { cache, asked } = setUp();
		for (const family of [0, 4, 6, 4] as const) await cache.addresses('a', family);
		expect(asked).toEqual(['a/0', 'a/4', 'a/6']);
	});

	it('is dropped for room, the longest unused first', async () => {
		const { cache, asked } = setUp();
		for (const name of ['a', 'b', 'c', 'a', 'd']) await cache.addresses(name, 0);
		expect(cache.size).toBe(3);
		await cache.addresses('a', 0);
		await cache.addresses('b', 0);
		expect(asked).toEqual(['a/0', 'b/0', 'c/0', 'd/0', 'b/0']);
	});
});

describe('a failure', () => {
	it('that says "no such name" is believed for a second', async () => {
		const { cache, asked, clock } = setUp({ resolve: failingWith('ENOTFOUND') });
		expect(await rejection(cache.addresses('a', 0))).toMatchObject({ code: 'ENOTFOUND' });
		clock.now = 999;
		expect(await rejection(cache.addresses('a', 0))).toMatchObject({ code: 'ENOTFOUND' });
		expect(asked).toHaveLength(1);
		clock.now = 1_000;
		await rejection(cache.addresses('a', 0));
		expect(asked).toHaveLength(2);
	});

	it('that may pass is shared by those who wait, and not kept', async () => {
		const { cache, asked } = setUp({ resolve: failingWith('EAI_AGAIN') });
		const errors = await Promise.all([rejection(cache.addresses('a', 0)), rejection(cache.addresses('a', 0))]);
		expect(errors.map((error) => (error as { code: string }).code)).toEqual(['EAI_AGAIN', 'EAI_AGAIN']);
		expect(asked).toHaveLength(1);
		await rejection(cache.addresses('a', 0));
		expect(asked).toHaveLength(2);
	});

	it('has a code of getaddrinfo, whatever the resolver called it', async () => {
		const { cache } = setUp({ resolve: failingWith('ESERVFAIL') });
		const error = await rejection(cache.addresses('shop.example', 0));
		expect(error).toMatchObject({ code: 'EAI_AGAIN', hostname: 'shop.example', cause: { code: 'ESERVFAIL' } });
	});

	it('is an empty answer too', async () => {
		const { cache } = setUp({ resolve: async () => [] });
		expect(await rejection(cache.addresses('a', 0))).toMatchObject({ code: 'ENOTFOUND' });
	});
});
