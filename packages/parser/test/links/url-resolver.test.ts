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
		expect(remembered(['https://a.test/x', '/mé'], ['https://a.test/y/z?q', '/mé'])).toBe(1);
		expect(remembered(['https://a.test/x', '/mé'], ['https://b.test/x', '/mé'])).toBe(2);
	});

	test('a relative link, among the pages of a directory', () => {
		expect(remembered(['https://a.test/d/x', 'mé'], ['https://a.test/d/y?q=/e/', 'mé#top'])).toBe(1);
		expect(remembered(['https://a.test/d/x', 'mé'], ['https://a.test/e/x', 'mé'])).toBe(2);
	});

	test('a link to the page itself is not remembered', () => {
		expect(remembered(['https://a.test/d/x', '#f'], ['https://a.test/d/x', ''], ['https://a.test/d/x', '?q'])).toBe(0);
	});

	test('a link that only has to be put behind its base is not remembered', () => {
		expect(
			remembered(
				['https://a.test/d/x', '/m?q=1'],
				['https://a.test/d/x', 'm.html'],
				['https://a.test/d/x', 'https://a.test/n'],
			),
		).toBe(0);
	});

	test('an invalid link is remembered too', () => {
		expect(remembered(['https://a.test/', 'http://[x'], ['https://a.test/', 'http://[x'])).toBe(1);
	});
});

test('remembers no more than it may', () => {
	const resolver = new UrlResolver({ maxEntries: 10 });
	for (let page = 0; page < 5; page++) {
		const resolve = resolver.against('https://site.test/');
		for (let link = 0; link < 30; link++)
			expect(resolve(`é${page}/${link}`)).toBe(`https://site.test/%C3%A9${page}/${link}`);
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

test('answers what new URL answers, whatever the link is made of', () => {
	const pieces = [
		...'ab/.:?#%\\ \t@&=+-_~!$\'()*,;|[]{}^`"<>é09',
		'..',
		'./',
		'//',
		'http:',
		'https://',
		'http://h/',
		'%2e',
		'h',
	];
	const bases = ['http://h/', 'http://h/a/b/c.html', 'http://h:8080/d/', 'http://u:p@h/x/y?z', 'https://h/a/b?c=/d/e'];
	const resolver = new UrlResolver();
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), fc.constantFrom(...bases), (parts, base) => {
			const href = parts.join('');
			const url = URL.parse(href, base);
			const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
			const expected = isHttp ? url.href.split('#')[0] : undefined;
			expect(resolver.against(base)(href)).toBe(expected);
		}),
		{ numRuns: 5_000 },
	);
});
