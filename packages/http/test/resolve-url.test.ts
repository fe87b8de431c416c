import { describe, expect, it } from 'vitest';
import { resolveUrl, withQuery } from '../src/resolve-url.ts';

const base = new URL('https://api.test/v1/');

describe('resolveUrl', () => {
	it.each([
		['users/7', 'https://api.test/v1/users/7'],
		['', 'https://api.test/v1/'],
		['?page=2', 'https://api.test/v1/?page=2'],
		['/users', 'https://api.test/users'],
		['../v2/users', 'https://api.test/v2/users'],
		['//other.test/x', 'https://other.test/x'],
		['http://other.test/x', 'http://other.test/x'],
	])('%j against the base is %s', (url, expected) => {
		expect(String(resolveUrl('GET', url, base, undefined))).toBe(expected);
	});

	it('leaves a URL as it is without base and query', () => {
		const url = new URL('https://api.test/');
		expect(resolveUrl('GET', url, undefined, undefined)).toBe(url);
	});

	it('refuses what is no URL', () => {
		expect(() => resolveUrl('GET', 'http://', base, undefined)).toThrow('"http://", which is not an absolute URL');
		for (const forgotten of [undefined, null, 7, {}] as unknown[] as string[]) {
			expect(() => resolveUrl('GET', forgotten, base, undefined)).toThrow('which is not an absolute URL');
		}
		expect(() => resolveUrl('GET', 'users', undefined, { page: 1 })).toThrow('"users", which is not an absolute URL');
	});
});

describe('withQuery', () => {
	it('adds to what is there, lists as repeated names, and leaves out what is absent', () => {
		const url = new URL('https://api.test/?a=0');
		const query = { a: 1, b: ['x', 'y z'], c: true, d: undefined, e: null };
		expect(withQuery(url, query).href).toBe('https://api.test/?a=0&a=1&b=x&b=y+z&c=true');
		expect(url.href).toBe('https://api.test/?a=0');
	});

	it('refuses what has no plain text', () => {
		// @ts-expect-error: what a JavaScript caller may pass
		expect(() => withQuery(base, { when: new Date() })).toThrow('query.when is of type object');
	});
});
