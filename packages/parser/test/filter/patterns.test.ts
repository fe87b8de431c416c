import { describe, expect, it } from 'vitest';
import { InvalidOptionError } from '../../src/errors.ts';
import { compilePatterns } from '../../src/filter/patterns.ts';

const matches = (patterns: unknown, url: string) => compilePatterns('globs', patterns).map((test) => test(url));

describe('compilePatterns', () => {
	it('takes globs and regular expressions, bare or wrapped as Crawlee does', () => {
		const patterns = ['https://a.test/**', { glob: ' **/b ' }, /\/b$/, { regexp: /^http:/ }];
		expect(matches(patterns, 'https://a.test/b')).toEqual([true, true, true, false]);
	});

	it('answers the same each time for a global expression', () => {
		const [test] = compilePatterns('regexps', [/a/g]);
		expect([test?.('a'), test?.('a')]).toEqual([true, true]);
	});

	it('has nothing to ask without patterns', () => {
		expect(compilePatterns('globs', undefined)).toEqual([]);
		expect(compilePatterns('globs', [])).toEqual([]);
	});

	it.each([[['']], [['  ']], [[{ glob: '' }]], [[{}]], [[null]], [[1]], [[{ regexp: 5 }]]])(
		'refuses %j',
		(patterns) => {
			expect(() => compilePatterns('UrlFilter.globs', patterns)).toThrow(InvalidOptionError);
			expect(() => compilePatterns('UrlFilter.globs', patterns)).toThrow('UrlFilter.globs must be a list of globs');
		},
	);

	it('refuses what is no list', () => {
		expect(() => compilePatterns('UrlFilter.globs', 'https://**')).toThrow(
			'UrlFilter.globs must be a list, got "https://**".',
		);
	});

	it('says why minimatch refuses a glob', () => {
		expect(() => compilePatterns('UrlFilter.globs', ['a'.repeat(70_000)])).toThrow(/pattern is too long/);
	});
});
