import { Cookie } from 'tough-cookie';
import { describe, expect, it } from 'vitest';
import { BoundedStore } from '../../src/cookies/bounded-store.ts';

function put(store: BoundedStore, domain: string, key: string, changes: Partial<Cookie> = {}): void {
	const cookie = new Cookie({ key, value: 'v', domain, path: '/', ...changes });
	cookie.lastAccessed = changes.lastAccessed ?? new Date();
	void store.putCookie(cookie);
}

function names(store: BoundedStore): string[] {
	return store.all.map(({ domain, key }) => `${key}@${domain}`);
}

const past = new Date(0);

describe('BoundedStore', () => {
	it('knows which hosts may have cookies', () => {
		const store = new BoundedStore({ maxCookies: 10, maxPerDomain: 10 });
		expect(store.mayHave('example.com')).toBe(false);
		put(store, 'example.com', 'a');
		expect(['example.com', 'www.example.com', 'a.b.example.com'].map((host) => store.mayHave(host))).toEqual([
			true,
			true,
			true,
		]);
		expect(
			['com', 'xample.com', 'badexample.com', 'example.com.evil.test', ''].some((host) => store.mayHave(host)),
		).toBe(false);
	});

	it('finds the cookies of a host and of the domains above it', async () => {
		const store = new BoundedStore({ maxCookies: 10, maxPerDomain: 10 });
		put(store, 'example.com', 'a');
		put(store, 'www.example.com', 'b');
		put(store, 'other.com', 'c');
		expect((await store.findCookies('www.example.com', '/')).map(({ key }) => key)).toEqual(['b', 'a']);
		expect(await store.findCookies(null, '/')).toEqual([]);
		expect(await store.findCookie('example.com', '/', 'a')).toMatchObject({ key: 'a' });
		expect(await store.findCookie('example.com', '/x', 'a')).toBeUndefined();
	});

	it('tells cookies apart by path as well as by name, and replaces equal ones', () => {
		const store = new BoundedStore({ maxCookies: 10, maxPerDomain: 10 });
		put(store, 'a.com', 'x', { path: '/' });
		put(store, 'a.com', 'x', { path: '/sub' });
		put(store, 'a.com', 'x', { path: '/', value: 'new' });
		expect([store.size, store.all.map(({ value }) => value)]).toEqual([2, ['v', 'new']]);
	});

	it('drops, of a domain over its limit, those that expired, then those used longest ago', () => {
		const store = new BoundedStore({ maxCookies: 10, maxPerDomain: 2 });
		put(store, 'a.com', 'one', { lastAccessed: new Date(2_000) });
		put(store, 'a.com', 'two', { lastAccessed: new Date(1_000) });
		put(store, 'a.com', 'three', { lastAccessed: new Date(3_000) });
		expect(names(store)).toEqual(['one@a.com', 'three@a.com']);
		for (const cookie of store.all) if (cookie.key === 'three') cookie.expires = past;
		put(store, 'a.com', 'four', { lastAccessed: new Date(4_000) });
		expect(names(store)).toEqual(['one@a.com', 'four@a.com']);
	});

	it('drops, over its limit in all, the domain that was asked longest ago', async () => {
		const store = new BoundedStore({ maxCookies: 4, maxPerDomain: 4 });
		put(store, 'a.com', 'one');
		put(store, 'b.com', 'two');
		put(store, 'b.com', 'three');
		put(store, 'c.com', 'four');
		await store.findCookies('a.com', '/');
		put(store, 'c.com', 'five');
		expect(names(store)).toEqual(['one@a.com', 'four@c.com', 'five@c.com']);
		expect(store.size).toBe(3);
	});

	it('stays bounded however many hosts there are', () => {
		const store = new BoundedStore({ maxCookies: 100, maxPerDomain: 10 });
		for (let i = 0; i < 10_000; i++) put(store, `h${i}.com`, 'a');
		expect([store.size, store.all.length]).toEqual([100, 100]);
		expect([store.mayHave('h0.com'), store.mayHave('h9999.com')]).toEqual([false, true]);
	});

	it('keeps no expired cookie, which is how servers remove one, and no empty domain', async () => {
		const store = new BoundedStore({ maxCookies: 10, maxPerDomain: 10 });
		put(store, 'a.com', 'one');
		put(store, 'a.com', 'one', { expires: past });
		put(store, 'b.com', 'two');
		await store.removeCookie('b.com', '/', 'two');
		await store.removeCookie('c.com', '/', 'three');
		expect([store.size, store.mayHave('a.com'), store.mayHave('b.com')]).toEqual([0, false, false]);
	});
});
