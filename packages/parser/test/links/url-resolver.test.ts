import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UrlResolver } from '../../src/links/url-resolver.ts';

function expected(href: string, base: string): string | undefined {
	const url = URL.parse(href, base);
	if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
	url.hash = '';
	return url.href.replace(/#$/, '');
}

const bases = fc.constantFrom(
	...['https://site.test/', 'https://site.test/dir/page', 'https://site.test/dir/page?q=1#f', 'https://site.test/dir/'],
	...['https://site.test/dir/other?a=/b/c', 'http://site.test/dir/page', 'https://user:pass@site.test/dir/page'],
	...['https://site.test:8443/dir/page', 'https://site.test/d%2Fr/page', 'https://site.test', 'about:blank'],
	...['data:text/html,x', 'file:///dir/page', 'ftp://site.test/dir/page', 'https://site.test//dir//page'],
);
const hrefs = fc.oneof(
	fc
		.array(
			fc.constantFrom(
				...['/', '//', '\\', '.', '..', '?', '#', ':', '@', ' ', '\t', '\n', '%2F', 'http', 'https', 'HTTP', 'a', 'b'],
				...['http:', 'https:', 'http://', 'https://', 'site.test', 'h', 'ht\ttp:', 'javascript:', 'mailto:', '\u00e9'],
			),
			{ maxLength: 6 },
		)
		.map((parts) => parts.join('')),
	fc.webUrl({ withFragments: true, withQueryParameters: true }),
	fc.string({ maxLength: 8 }),
);

test('answers as new URL does, whatever was asked before', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(bases, hrefs), { minLength: 1, maxLength: 40 }), (questions) => {
			const resolver = new UrlResolver();
			for (const [base, href] of [...questions, ...questions]) {
				expect(resolver.against(base)(href)).toBe(expected(href, base));
			}
		}),
		{ numRuns: 1000 },
	);
});

describe('what is shared', () => {
	function remembered(...questions: [base: string, href: string][]): number {
		const resolver = new UrlResolver();
		for (const [base, href] of questions) resolver.against(base)(href);
		return resolver.size;
	}

	test('an absolute link, among all pages', () => {
		expect(remembered(['https://a.test/x', 'https://c.test/'], ['http://b.test/y/z', 'https://c.test/'])).toBe(1);
	});

	test('a link from the root, among the pages of a site', () => {
		expect(remembered(['https://a.test/x', '/m'], ['https://a.test/y/z?q', '/m'])).toBe(1);
		expect(remembered(['https://a.test/x', '/m'], ['https://b.test/x', '/m'])).toBe(2);
	});

	test('a relative link, among the pages of a directory', () => {
		expect(remembered(['https://a.test/d/x', 'm'], ['https://a.test/d/y?q=/e/', 'm#top'])).toBe(1);
		expect(remembered(['https://a.test/d/x', 'm'], ['https://a.test/e/x', 'm'])).toBe(2);
	});

	test('a link to the page itself is not remembered', () => {
		expect(remembered(['https://a.test/d/x', '#f'], ['https://a.test/d/x', ''], ['https://a.test/d/x', '?q'])).toBe(0);
	});

	test('an invalid link is remembered too', () => {
		expect(remembered(['https://a.test/', 'http://[x'], ['https://a.test/', 'http://[x'])).toBe(1);
	});
});

test('remembers no more than it may', () => {
	const resolver = new UrlResolver({ maxEntries: 10 });
	for (let page = 0; page < 5; page++) {
		const resolve = resolver.against('https://site.test/');
		for (let link = 0; link < 30; link++) expect(resolve(`${page}/${link}`)).toBe(`https://site.test/${page}/${link}`);
		expect(resolver.size).toBeLessThanOrEqual(10);
	}
});

test('remembers nothing when told so', () => {
	const resolver = new UrlResolver({ maxEntries: 0 });
	expect(resolver.against('https://site.test/')('x')).toBe('https://site.test/x');
	expect(resolver.size).toBe(0);
});

test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses to remember %d links', (maxEntries) => {
	expect(() => new UrlResolver({ maxEntries })).toThrow(/Expected `maxEntries` to be a non-negative integer, got/);
});

test('refuses a base that is not absolute', () => {
	expect(() => new UrlResolver().against('page')).toThrow(/baseUrl must be an absolute URL/);
});
