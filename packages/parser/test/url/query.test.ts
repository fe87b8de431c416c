import { describe, expect, it } from 'vitest';
import { removeEmptyParams, removeParams, sortParams } from '../../src/url/query.ts';

describe('removeParams', () => {
	const isX = (key: string) => key === 'x';

	it.each([
		['x=1&a=1', 'a=1'],
		['a=1&x&b=2&x=3', 'a=1&b=2'],
		['%78=1&a=1', 'a=1'],
		['x=1', ''],
		['a=x&xx=1', 'a=x&xx=1'],
		['a=%E9&b=c+d%20e&&f', 'a=%E9&b=c+d%20e&&f'],
		['%E9=1&x=2', '%E9=1'],
	])('%s → %s', (before, after) => {
		expect(removeParams(before, isX)).toBe(after);
	});
});

describe('sortParams', () => {
	it.each([
		['b=1&a=2', 'a=2&b=1'],
		['a=2&b=1&a=1', 'a=2&a=1&b=1'],
		['b&a=%2F&A=+', 'A=+&a=%2F&b'],
		['%62=1&a=1', 'a=1&%62=1'],
		['one', 'one'],
	])('%s → %s', (before, after) => {
		expect(sortParams(before)).toBe(after);
	});
});

describe('removeEmptyParams', () => {
	it.each([
		['&a=1&&b=&', 'a=1&b='],
		['&', ''],
		['=1&a', '=1&a'],
	])('%s → %s', (before, after) => {
		expect(removeEmptyParams(before)).toBe(after);
	});
});
