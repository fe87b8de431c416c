import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidUrlError } from '../../src/errors.ts';
import type { NormalizeRules } from '../../src/url/normalize-rules.ts';
import { normalizeUrl, tryNormalizeUrl } from '../../src/url/normalize-url.ts';

describe('normalizeUrl without rules', () => {
	it.each([
		['HTTP://Example.TEST', 'http://example.test/'],
		['https://example.test:443/a', 'https://example.test/a'],
		['http://example.test:8080/a/./b/../c', 'http://example.test:8080/a/c'],
		['http://bücher.test/ü?ü', 'http://xn--bcher-kva.test/%C3%BC?%C3%BC'],
		['http://example.test/a#b', 'http://example.test/a'],
		['http://example.test/a#', 'http://example.test/a'],
		['http://example.test/?a=1#?b', 'http://example.test/?a=1'],
		['http://example.test/?', 'http://example.test/?'],
		[' http://example.test/a b\n', 'http://example.test/a%20b'],
		['mailto:a@example.test', 'mailto:a@example.test'],
	])('%j → %s', (before, after) => {
		expect(normalizeUrl(before)).toBe(after);
	});

	it.each(['/A/a//b', '/%2f%7E', '?b=1&a=2&b=3', '?x=a%26b+c', '?a=%E9&b', '/a/'])('leaves %s as it is', (rest) => {
		const url = new URL(rest, 'http://user@example.test').href;
		expect(normalizeUrl(url)).toBe(url);
	});

	it('takes a URL object and does not change it', () => {
		const url = new URL('http://example.test/a#b');
		expect(normalizeUrl(url)).toBe('http://example.test/a');
		expect(url.hash).toBe('#b');
	});

	it('refuses what is no absolute URL', () => {
		expect(() => normalizeUrl('/a')).toThrow(InvalidUrlError);
		expect(() => normalizeUrl('http://a b/')).toThrow('"http://a b/" is not an absolute URL');
		expect(tryNormalizeUrl('/a')).toBeUndefined();
		expect(tryNormalizeUrl('http://example.test/#a')).toBe('http://example.test/');
	});
});

describe('normalizeUrl with rules', () => {
	const cases: [NormalizeRules, string, string][] = [
		[{ fragment: 'keep' }, '/a#b', '/a#b'],
		[{ fragment: 'keep' }, '/a#', '/a'],
		[{ fragment: 'keep-hash-routes' }, '/#!/a', '/#!/a'],
		[{ fragment: 'keep-hash-routes' }, '/?b=1#/a', '/?b=1#/a'],
		[{ fragment: 'keep-hash-routes' }, '/#top', '/'],
		[{ sortQuery: true }, '/?b=1&a=2&b=0', '/?a=2&b=1&b=0'],
		[{ trackingParams: true }, '/?utm_source=x&id=1&fbclid=y', '/?id=1'],
		[{ trackingParams: true }, '/?gclid=x', '/'],
		[{ trackingParams: true }, '/?sid=1&q=a+b%20c', '/?sid=1&q=a+b%20c'],
		[{ trackingParams: ['Ref', /^t_/] }, '/?ref=1&t_a=2&utm_source=3', '/?utm_source=3'],
		[{ sessionParams: true }, '/?PHPSESSID=1&a=2&sid=3', '/?a=2'],
		[{ sessionParams: ['token'], trackingParams: true }, '/?token=1&gclid=2', '/'],
		[{ percentEncoding: 'normalize' }, '/%7ea%2fb?c=%c3%a9%26', '/~a%2Fb?c=%C3%A9%26'],
		[{ percentEncoding: 'normalize' }, '/?a=100%', '/?a=100%25'],
		[{ trailingSlash: 'remove' }, '/a/?b=/', '/a?b=/'],
		[{ trailingSlash: 'remove' }, '/a//', '/a'],
		[{ trailingSlash: 'remove' }, '/', '/'],
		[{ trailingSlash: 'add' }, '/a/b?c', '/a/b/?c'],
		[{ trailingSlash: 'add' }, '/a/b.html', '/a/b.html'],
		[{ trailingSlash: 'add' }, '/', '/'],
		[{ removeEmptyQuery: true }, '/a?', '/a'],
		[{ removeEmptyQuery: true }, '/a?&b=1&&c&', '/a?b=1&c'],
		[{ removeEmptyQuery: true }, '/a?#b', '/a'],
	];

	it.each(cases)('%j: %s → %s', (rules, before, after) => {
		expect(normalizeUrl(`https://example.test${before}`, rules)).toBe(`https://example.test${after}`);
	});

	it('does not touch the user name or a path without segments', () => {
		const rules: NormalizeRules = { percentEncoding: 'normalize', trailingSlash: 'remove' };
		expect(normalizeUrl('http://a%7eb:%3a@example.test/', rules)).toBe('http://a%7eb:%3a@example.test/');
		expect(normalizeUrl('file:///', rules)).toBe('file:///');
	});

	it('makes no drive of a letter in the path of a file', () => {
		expect(normalizeUrl('file:///%41|', { percentEncoding: 'normalize' })).toBe('file:///%41|');
	});
});

describe('normalizing twice', () => {
	const rules: fc.Arbitrary<NormalizeRules> = fc.record(
		{
			fragment: fc.constantFrom('remove', 'keep-hash-routes', 'keep'),
			sortQuery: fc.boolean(),
			trackingParams: fc.boolean(),
			sessionParams: fc.boolean(),
			percentEncoding: fc.constantFrom('keep', 'normalize'),
			trailingSlash: fc.constantFrom('keep', 'remove', 'add'),
			removeEmptyQuery: fc.boolean(),
		},
		{ requiredKeys: [] },
	);
	const piece = fc.constantFrom(...'/?#&=%.:@+ é\\;a1', '%2e', '%2F', '%4', '%41', '..', 'utm_a=1', 'sid', '//', '|');
	const url = fc
		.tuple(fc.constantFrom('http://Example.test', 'https://u%3a@h:8', 'ftp://h/', 'x:', 'file:///'), fc.array(piece))
		.map(([start, pieces]) => start + pieces.join(''));

	it('changes nothing', () => {
		fc.assert(
			fc.property(url, rules, (input, chosen) => {
				const once = tryNormalizeUrl(input, chosen);
				fc.pre(once !== undefined);
				expect(tryNormalizeUrl(once, chosen)).toBe(once);
			}),
			{ numRuns: 2000 },
		);
	});

	it('gives the WHATWG serialisation without rules', () => {
		fc.assert(
			fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (input) => {
				const expected = new URL(input);
				expected.hash = '';
				expect(normalizeUrl(input)).toBe(expected.href);
			}),
		);
	});
});
