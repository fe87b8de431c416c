import { describe, expect, it } from 'vitest';
import { formatCacheControl, parseCacheControl, requestDirectives, secondsOf } from '../../src/cache/cache-control.ts';

describe('parseCacheControl', () => {
	it.each<[string | undefined, [string, string | true][]]>([
		[undefined, []],
		['', []],
		[' , ,', []],
		['no-store', [['no-store', true]]],
		[
			'No-Cache , MAX-AGE = 5',
			[
				['no-cache', true],
				['max-age', '5'],
			],
		],
		['max-age="5"', [['max-age', '5']]],
		['max-age=', [['max-age', '']]],
		['max-age=5, max-age=6', [['max-age', '5']]],
		[
			'private="a, no-store", public',
			[
				['private', 'a, no-store'],
				['public', true],
			],
		],
		[
			'x="a\\"b", y',
			[
				['x', 'a\\"b'],
				['y', true],
			],
		],
		[
			'max-age=5; public',
			[
				['max-age', '5'],
				['public', true],
			],
		],
	])('%s', (value, expected) => {
		expect([...parseCacheControl(value)]).toEqual(expected);
	});

	it('reads values made to make it slow', () => {
		expect(parseCacheControl(`${'a="'.repeat(5000)}b`).size).toBeGreaterThan(0);
		expect(parseCacheControl(`a${' '.repeat(16_000)}b`).size).toBe(2);
	});
});

it.each([
	['max-age=5', 5],
	['max-age=007', 7],
	['max-age', 0],
	['max-age=', 0],
	['max-age=-1', 0],
	['max-age=1.5', 0],
	['max-age=5s', 0],
	['public', undefined],
])('%s means %s seconds', (value, seconds) => {
	expect(secondsOf(parseCacheControl(value), 'max-age')).toBe(seconds);
});

it.each([
	['a=1, B', 'a=1, b'],
	['private="x, y", max-age="5"', 'private, max-age=5'],
	['', ''],
])('%s is written as %s', (value, written) => {
	expect(formatCacheControl(parseCacheControl(value))).toBe(written);
});

describe('requestDirectives', () => {
	it('joins several fields', () => {
		const headers = ['cache-control', 'no-cache', 'accept', 'cache-control', 'cache-control', 'max-age=5'];
		expect([...requestDirectives(headers).keys()]).toEqual(['no-cache', 'max-age']);
	});

	it('knows Pragma where there is no Cache-Control', () => {
		expect([...requestDirectives(['pragma', 'No-Cache, x']).keys()]).toEqual(['no-cache']);
		expect([...requestDirectives(['pragma', 'x']).keys()]).toEqual([]);
		expect([...requestDirectives(['pragma', 'no-cache', 'cache-control', '']).keys()]).toEqual([]);
	});
});
