import { expect, it } from 'vitest';
import { selectionOf, selects } from '../../src/cache/selection.ts';

const HEADERS = ['accept', 'a', 'accept', 'b', 'authorization', 'Bearer secret', 'cookie', 'session=secret'];

it('names what a response depends on, Authorization always, and shows no value', () => {
	const selection = selectionOf(HEADERS, 'Cookie, X-None');
	expect(selection).toEqual({
		authorization: expect.stringMatching(/^[\w-]{43}$/),
		cookie: expect.stringMatching(/^[\w-]{43}$/),
		'x-none': null,
	});
	expect(JSON.stringify(selection)).not.toContain('secret');
});

it('without a Vary is Authorization alone', () => {
	for (const vary of [undefined, '', ' , ']) expect(selectionOf([], vary)).toEqual({ authorization: null });
});

it('of a private response is made of all that may tell whose it is', () => {
	const selection = selectionOf([...HEADERS, 'x-api-key', 'k', 'user-agent', 'u'], 'Accept', true);
	expect(Object.keys(selection ?? {}).sort()).toEqual(['accept', 'authorization', 'cookie', 'x-api-key']);
	expect(selectionOf([], undefined, true)).toEqual({ authorization: null, cookie: null });
});

it('survives JSON, with names that objects have of their own', () => {
	const selection = selectionOf(HEADERS, '__proto__, constructor, accept');
	const read = JSON.parse(JSON.stringify(selection));
	expect(Object.keys(read)).toEqual(['authorization', '__proto__', 'constructor', 'accept']);
	expect(selects(read, HEADERS)).toBe(true);
	expect(selects(read, [...HEADERS, 'constructor', 'x'])).toBe(false);
});

it.each(['*', 'accept, *', '* '])('"%s" selects nothing', (vary) => {
	expect(selectionOf(HEADERS, vary)).toBeUndefined();
});

it.each([
	[HEADERS, true],
	[['cookie', 'other', ...HEADERS], true],
	[[...HEADERS, 'accept', 'c'], false],
	[HEADERS.slice(2), false],
	[HEADERS.slice(0, 4), false],
	[['accept', 'b', 'accept', 'a', ...HEADERS.slice(4)], false],
	[['accept', 'a, b', ...HEADERS.slice(4)], true],
])('%j is selected: %s', (headers, isSelected) => {
	const selection = selectionOf(HEADERS, 'Accept');
	expect(selection && selects(selection, headers)).toBe(isSelected);
});
