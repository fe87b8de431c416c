import { describe, expect, it } from 'vitest';
import { type PageFactsOptions, pageFacts } from '../../src/facts/page-facts.ts';
import { load } from '../../src/load.ts';

const PAGE_URL = 'https://a.test/shop/page?x=1';
const facts = (html: string, options?: PageFactsOptions) => pageFacts(html, PAGE_URL, options);

describe('pageFacts', () => {
	it('says nothing about an empty page', () => {
		expect(facts('')).toEqual({
			title: undefined,
			description: undefined,
			canonical: undefined,
			robots: { noindex: false, nofollow: false, unavailableAfter: undefined, directives: [] },
			noindex: false,
			nofollow: false,
			language: undefined,
			alternates: [],
			openGraph: { properties: {}, images: [], videos: [], audios: [] },
			jsonLd: [],
			brokenJsonLd: 0,
		});
	});

	it('reads a loaded page as well as its HTML', () => {
		const html = '<title>T</title><meta name=robots content=noindex>';
		expect(pageFacts(load(html), new URL(PAGE_URL))).toEqual(facts(html));
	});

	it('reads title and description, with whitespace folded', () => {
		const html = `<svg><title>icon</title></svg><title>\n A &amp;\t B </title><title>second</title>
			<meta name=description content=" "><meta name=Description content=" What it\n is ">`;
		expect(facts(html)).toMatchObject({ title: 'A & B', description: 'What it is' });
	});

	it('refuses a base URL that is none', () => {
		expect(() => pageFacts('', '/a')).toThrow(TypeError);
	});
});

describe('canonical', () => {
	it.each([
		['<link rel=canonical href=/b#c>', 'https://a.test/b'],
		['<base href=/x/><link rel="nofollow CANONICAL" href="b">', 'https://a.test/x/b'],
		['<link rel=canonical href=""><link rel=canonical href=c>', 'https://a.test/shop/c'],
		['<link rel=canonical href="http://a b/"><link rel=canonical href="mailto:a@b.test">', undefined],
	])('%s: %s', (html, canonical) => {
		expect(facts(html).canonical).toBe(canonical);
	});

	it('comes from the Link header when the page has none', () => {
		const options = { headers: { link: '</h>; rel="canonical"' } };
		expect(facts('', options).canonical).toBe('https://a.test/h');
		expect(facts('<link rel=canonical href=/m>', options).canonical).toBe('https://a.test/m');
	});
});

describe('robots', () => {
	it('joins all tags and headers, the stricter one first', () => {
		const page = facts('<meta name=ROBOTS content="index, nofollow"><meta name=robots content=noarchive>', {
			headers: { 'x-robots-tag': ['noindex', 'max-snippet: 5'] },
		});
		expect(page).toMatchObject({ noindex: true, nofollow: true });
		expect(page.robots.directives).toEqual(['index', 'nofollow', 'noarchive', 'noindex', 'max-snippet:5']);
	});

	it('hears what is addressed to it by name, in tags and headers', () => {
		const html = '<meta name=orbweaver content=noindex><meta name=googlebot content=nosnippet>';
		const headers = new Headers({ 'X-Robots-Tag': 'googlebot: noarchive, orbweaver: nofollow' });
		expect(facts(html, { headers }).robots.directives).toEqual([]);
		expect(facts(html, { headers, userAgent: 'Orbweaver/1.0' }).robots.directives).toEqual(['noindex', 'nofollow']);
	});

	it('knows none', () => {
		expect(facts('<meta name=robots content=None>')).toMatchObject({ noindex: true, nofollow: true });
	});

	it('does not take a tag without name for one without a User-Agent', () => {
		expect(facts('<meta content=noindex>', { userAgent: '' }).noindex).toBe(false);
	});
});

describe('language', () => {
	it.each<[string, PageFactsOptions, string | undefined]>([
		['<html lang=" de-AT ">', { headers: { 'content-language': 'en' } }, 'de-AT'],
		['<html lang=""><meta http-equiv=Content-Language content=fr>', { headers: { 'content-language': 'en' } }, 'fr'],
		['<meta http-equiv=content-language content="fr, de">', { headers: { 'Content-Language': 'en' } }, 'en'],
		['', { headers: { 'content-language': 'en, de' } }, undefined],
	])('%s', (html, options, language) => {
		expect(facts(html, options).language).toBe(language);
	});
});

describe('alternates', () => {
	it('lists other languages from tags and headers', () => {
		const html = `<link rel=alternate hreflang=de href=/de><link rel=alternate hreflang=x-default href="/">
			<link rel=alternate type=application/rss+xml href=/feed><link rel=alternate hreflang=fr href="http://a b/">`;
		const headers = { link: '</it>; rel=alternate; hreflang=it' };
		expect(facts(html, { headers }).alternates).toEqual([
			{ hreflang: 'de', url: 'https://a.test/de' },
			{ hreflang: 'x-default', url: 'https://a.test/' },
			{ hreflang: 'it', url: 'https://a.test/it' },
		]);
	});
});

describe('structured data', () => {
	it('reads Open Graph in property and in name', () => {
		const html = `<meta property="og:title twitter:title" content=T><meta name="og:type" content=article>
			<meta property=og:image content=i.png><meta property=og:image:alt content=A><meta property=og:url content="">`;
		expect(facts(html).openGraph).toEqual({
			properties: { title: 'T', type: 'article' },
			images: [{ url: 'https://a.test/shop/i.png', alt: 'A' }],
			videos: [],
			audios: [],
		});
	});

	it('reads JSON-LD and counts what is broken', () => {
		const html = `<script type="application/ld+json">{"@type":"Product","name":"<b>"}</script>
			<script type=" Application/LD+JSON; charset=utf-8">[{"a":1}]</script>
			<script type="application/ld+json">{,}</script><script type="application/json">{"b":1}</script>`;
		expect(facts(html)).toMatchObject({ jsonLd: [{ '@type': 'Product', name: '<b>' }, { a: 1 }], brokenJsonLd: 1 });
	});
});
