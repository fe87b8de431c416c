import fc from 'fast-check';
import { minimatch } from 'minimatch';
import { describe, expect, it } from 'vitest';
import { compileGlob } from '../../src/filter/glob.ts';

describe('compileGlob', () => {
	it.each([
		['https://a.test/**', 'https://a.test/'],
		['https://a.test/**', 'https://a.test/b/c?d=e'],
		['HTTPS://A.test/B/**', 'https://a.test/b/c'],
		['https://a.test/*', 'https://a.test/b'],
		['https://a.test/*', 'https://a.test/b/'],
		['https://a.test/b?d=1', 'https://a.test/b?d=1'],
		['http{s,}://*.a.test/**', 'http://www.a.test/b'],
		['https://a.test/{b,c}/*', 'https://a.test/c/d'],
		['**/*.pdf', 'https://a.test/b/c.pdf'],
		['https://a.test/b/*', 'https://a.test/b//c'],
		['!https://a.test/**', 'https://b.test/'],
	])('%s takes %s', (glob, url) => {
		expect(compileGlob(glob)(url)).toBe(true);
	});

	it.each([
		['https://a.test/**', 'https://b.test/'],
		['https://a.test/**', 'http://a.test/'],
		['https://a.test/*', 'https://a.test/b/c'],
		['https://a.test/**', 'https://a.test/.well-known/b'],
		['https://a.test/b/**', 'https://a.test/bc'],
		['!https://a.test/**', 'https://a.test/b'],
	])('%s does not take %s', (glob, url) => {
		expect(compileGlob(glob)(url)).toBe(false);
	});

	it('agrees with minimatch, whichever way it takes', () => {
		const segment = fc.constantFrom('', 'a', 'A', 'b.c', '.d', '..', '.', 'a?b');
		const magic = fc.constantFrom('*', '**', '?', '{a,b}', 'a*', '[ab]', '!(a)', '{,a}');
		const scheme = fc.constantFrom('https://h.test', 'http://h.test', 'HTTPS://H.test', 'http{s,}://h.test');
		const glob = fc
			.tuple(
				scheme,
				fc.array(segment, { maxLength: 3 }),
				fc.array(magic, { maxLength: 2 }),
				fc.array(segment, { maxLength: 1 }),
			)
			.map(([start, ...parts]) => [start, ...parts.flat()].join('/'));
		const url = fc
			.tuple(fc.constantFrom('https://h.test', 'http://h.test'), fc.array(segment, { maxLength: 4 }))
			.map(([start, segments]) => [start, ...segments].join('/'));
		fc.assert(
			fc.property(glob, url, (pattern, candidate) => {
				expect(compileGlob(pattern)(candidate)).toBe(minimatch(candidate, pattern, { nocase: true }));
			}),
			{ numRuns: 5000 },
		);
	});
});
