import { expect, it } from 'vitest';
import { planDecoding } from '../../src/decode/content-codings.ts';

it.each([
	[undefined, []],
	['', []],
	['identity', []],
	['GZIP', ['gzip']],
	['x-gzip', ['gzip']],
	['deflate, br', ['br', 'deflate']],
	['gzip,, identity ,zstd', ['zstd', 'gzip']],
	[
		['gzip', 'br'],
		['br', 'gzip'],
	],
	['utf-8', []],
	['gzip, constructor', []],
	['__proto__', []],
])('plans %j', (contentEncoding, plan) => {
	expect(planDecoding(contentEncoding)).toEqual(plan);
});

it('refuses more than five codings', () => {
	expect(planDecoding('gzip,gzip,gzip,gzip,gzip')).toHaveLength(5);
	expect(planDecoding('gzip,gzip,gzip,gzip,gzip,gzip')).toBe('too-many');
});
