import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractUrls } from '../../src/links/extract-urls.ts';
import { UrlResolver } from '../../src/links/url-resolver.ts';
import { fullParserUrls, PAGE_URL } from './both-parsers.ts';
import { tagSoup } from './tag-soup.ts';

test('gives each URL once, in the order of its first link', () => {
	const html = '<a href=b#1><a href=a><a href="./b"><a href="http://site.test:80/c"><a href=a#2>';
	expect(extractUrls(html, PAGE_URL)).toEqual(['https://site.test/b', 'https://site.test/a', 'http://site.test/c']);
});

test('gives the same with a shared resolver', () => {
	const resolver = new UrlResolver();
	const html = '<a href=x><a href=/y><a href=?z><a href="">';
	for (const page of ['https://site.test/a/1', 'https://site.test/a/2', 'https://site.test/b/1', 'http://x.test/']) {
		expect(extractUrls(html, page, { resolver })).toEqual(extractUrls(html, page));
		expect(extractUrls(html, page, { resolver })).toEqual(extractUrls(html, page));
	}
});

test('refuses a page URL that is not absolute', () => {
	expect(() => extractUrls('<a href=x>', '/page')).toThrow(/baseUrl must be an absolute URL/);
});

test('agrees with the full parser on any tag soup', () => {
	fc.assert(
		fc.property(tagSoup, (html) => {
			expect(extractUrls(html, PAGE_URL)).toEqual(fullParserUrls(html));
		}),
		{ numRuns: 3000 },
	);
}, 60_000);

test('agrees with the full parser on a large page', () => {
	const card = (id: number) => `
		<article class="card" data-json='{"id":${id},"html":"<a href=0>"}'>
			<a href="/item/${id}?ref=list&amp;pos=${id}"><img src="/${id}.jpg" alt="a > b"></a>
			<svg viewBox="0 0 9 9"><title>Heart</title><path d="M0 0"/><g><use xlink:href="#h"></use></g></svg>
			<table><caption>Sizes</caption><thead><tr><th>S<th>M<tbody><tr><td><a href="/size/${id}">S</a><td></table>
			<select><option>1<option selected>2</select><!-- <a href="/old/${id}"> -->
			<script>if (a < b) document.write("<a href=/js/${id}>");</script>
			<template><a href="/template/${id}"></a></template><noscript><a href="/plain/${id}">x</a></noscript>
			<p>Text <a href=#${id}>here</a> &amp; <a href="../up/${id}">there</a>
		</article>`;
	const html = `<!doctype html><title><a href=0></title><base href="/shop/"><body>${Array.from({ length: 500 }, (_, id) => card(id)).join('')}`;
	const urls = extractUrls(html, PAGE_URL);
	expect(urls).toHaveLength(4 * 500 + 1);
	expect(urls).toEqual(fullParserUrls(html));
});

describe('takes time in proportion to length', () => {
	const LENGTH = 10_000_000;

	test.each([
		...[
			'<',
			'</',
			'<!',
			'<?',
			'<!--',
			'<!-- -->',
			'<!--x--!>',
			'<a ',
			'<a',
			'</a ',
			'<a href="',
			"<a href='x",
			'<a =',
			'<a b="',
		],
		...[
			'<script>',
			'<script><!--',
			'<script><!--</script>',
			'<script></script',
			'<title></titl',
			'<style>',
			'<svg><![CDATA[',
		],
		...[
			'<svg>',
			'<svg><g>',
			'<svg><a href=x>',
			'<template>',
			'<template><td>',
			'<select>',
			'<table><td>',
			'<table><tr>',
		],
		...['<div>', '<a href=x>', '<a href="&amp;&lt;', '<base href=x>', '<a                    '],
	])(
		'%s',
		(piece) => {
			expect(extractUrls(piece.repeat(LENGTH / piece.length), PAGE_URL).length).toBeLessThanOrEqual(1);
		},
		30_000,
	);

	test('100,000 links', () => {
		const html = Array.from({ length: 100_000 }, (_, id) => `<a href="/${id}">x</a>`).join('');
		expect(extractUrls(html, PAGE_URL)).toHaveLength(100_000);
	});
});
