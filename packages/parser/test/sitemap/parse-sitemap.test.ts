import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidOptionError, InvalidUrlError } from '../../src/errors.ts';
import { type ParseSitemapOptions, parseSitemap } from '../../src/sitemap/parse-sitemap.ts';

const SITEMAP_URL = 'https://a.test/maps/sitemap.xml';
const parse = (text: string | Uint8Array, options?: ParseSitemapOptions) => parseSitemap(text, SITEMAP_URL, options);
const urls = (text: string | Uint8Array) => parse(text).urls.map(({ url }) => url);

describe('an urlset', () => {
	it('gives every page with what is known of it', () => {
		const xml = `<?xml version="1.0" encoding="UTF-8"?>
			<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
				<url>
					<loc> https://a.test/?b=1&amp;c=2#d </loc><lastmod>2026-01-02</lastmod>
					<changefreq>Weekly</changefreq><priority>0.8</priority>
					<xhtml:link rel="alternate" hreflang="de" href="https://a.test/de"/>
				</url>
				<url><loc><![CDATA[https://a.test/?e=1&f=2]]></loc></url>
			</urlset>`;
		expect(parse(xml)).toEqual({
			urls: [
				{
					url: 'https://a.test/?b=1&c=2',
					lastmod: new Date('2026-01-02T00:00:00Z'),
					changefreq: 'weekly',
					priority: 0.8,
					alternates: [{ hreflang: 'de', url: 'https://a.test/de' }],
				},
				{ url: 'https://a.test/?e=1&f=2' },
			],
			sitemaps: [],
			truncated: false,
		});
	});

	it('leaves out what is malformed, not the page', () => {
		const fields = '<lastmod>soon</lastmod><changefreq>often</changefreq><priority>5</priority>';
		expect(parse(`<urlset><url>${fields}<loc>https://a.test/</loc></url></urlset>`).urls).toEqual([
			{ url: 'https://a.test/' },
		]);
	});

	it('does not take the location of an image for that of the page', () => {
		const image = '<image:image><image:loc>https://i.test/1.png</image:loc></image:image>';
		expect(urls(`<urlset><url>${image}<loc>https://a.test/</loc></url></urlset>`)).toEqual(['https://a.test/']);
		expect(urls(`<urlset><url>${image}</url></urlset>`)).toEqual([]);
	});

	it('reads one whose elements have a prefix', () => {
		const xml = `<sm:urlset xmlns:sm="http://www.sitemaps.org/schemas/sitemap/0.9">
			<sm:url><sm:loc>https://a.test/b</sm:loc><image:loc>https://i.test/</image:loc></sm:url></sm:urlset>`;
		expect(urls(xml)).toEqual(['https://a.test/b']);
	});

	it('takes http and https alone, and resolves what is relative', () => {
		const locations = ['/b', 'ftp://a.test/', 'javascript:1', '', 'http://a b/', 'http://b.test'];
		const xml = locations.map((loc) => `<url><loc>${loc}</loc></url>`).join('');
		expect(urls(`<urlset>${xml}</urlset>`)).toEqual(['https://a.test/b', 'http://b.test/']);
	});

	it('reads a time without a zone as UTC', () => {
		const xml = '<urlset><url><loc>/</loc><lastmod>2026-01-02T03:04:05</lastmod></url></urlset>';
		expect(parse(xml).urls[0]?.lastmod?.toISOString()).toBe('2026-01-02T03:04:05.000Z');
	});
});

describe('a sitemap index', () => {
	it('gives the sitemaps', () => {
		const xml = `<sitemapindex><sitemap><loc>/1.xml.gz</loc><lastmod>2026-01-02T03:04:05+01:00</lastmod></sitemap>
			<sitemap><loc>https://b.test/2.xml</loc></sitemap></sitemapindex>`;
		expect(parse(xml)).toEqual({
			urls: [],
			sitemaps: [
				{ url: 'https://a.test/1.xml.gz', lastmod: new Date('2026-01-02T02:04:05Z') },
				{ url: 'https://b.test/2.xml' },
			],
			truncated: false,
		});
	});
});

describe('a feed', () => {
	it('may be RSS', () => {
		const xml = `<rss version="2.0"><channel><link>https://a.test/</link>
			<item><title>x</title><link>https://a.test/1</link><pubDate>Wed, 21 Oct 2026 07:28:00 GMT</pubDate></item>
			<item><link>https://a.test/2</link><atom:link href="https://a.test/self" rel="self"/></item></channel></rss>`;
		expect(parse(xml).urls).toEqual([
			{ url: 'https://a.test/1', lastmod: new Date('2026-10-21T07:28:00Z') },
			{ url: 'https://a.test/2' },
		]);
	});

	it('may be RSS 1.0', () => {
		const xml = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel><link>https://a.test/</link></channel>
			<item rdf:about="x"><link>https://a.test/1</link></item></rdf:RDF>`;
		expect(urls(xml)).toEqual(['https://a.test/1']);
	});

	it('may be Atom', () => {
		const xml = `<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://a.test/"/>
			<entry><link rel="edit" href="/edit"/><link href="/1"/><updated>2026-01-02T03:04:05Z</updated></entry>
			<entry><link rel="alternate" hreflang="en" href="/2"/><source><link href="/3"/></source></entry></feed>`;
		expect(parse(xml).urls).toEqual([
			{ url: 'https://a.test/1', lastmod: new Date('2026-01-02T03:04:05Z') },
			{ url: 'https://a.test/2' },
		]);
	});
});

describe('a list of URLs', () => {
	it('takes one a line, and passes over prose', () => {
		const text =
			'\uFEFFhttps://a.test/1\r\n\n  http://a.test/2 \nsee https://a.test/3\nrelative\nhttps://a b/\nHTTPS://A.test/4';
		expect(urls(text)).toEqual(['https://a.test/1', 'http://a.test/2', 'https://a.test/4']);
	});
});

describe('a broken body', () => {
	it.each(['', ' \n', '\uFEFF', '<urlset/>', '<?xml version="1.0"?>', '<', 'gone'])('gives nothing for %j', (text) => {
		expect(parse(text)).toEqual({ urls: [], sitemaps: [], truncated: false });
	});

	it.each([
		['a bare ampersand', '<urlset><url><loc>https://a.test/?b&c</loc></url></urlset>', 'https://a.test/?b&c'],
		['a wrong end tag', '<urlset><url><loc>https://a.test/1</lok></url></urlset>', 'https://a.test/1'],
		[
			'no end tag of a field',
			'<urlset><url><loc>https://a.test/1<lastmod>2026</lastmod></url></urlset>',
			'https://a.test/1',
		],
		[
			'text before the root',
			'Warning: x in y\n<urlset><url><loc>https://a.test/1</loc></url></urlset>',
			'https://a.test/1',
		],
		['no root', '<url><loc>https://a.test/1</loc></url>', 'https://a.test/1'],
		['upper case', '<URLSET><URL><LOC>https://a.test/1</LOC></URL></URLSET>', 'https://a.test/1'],
	])('survives %s', (_name, xml, url) => {
		expect(urls(xml)).toEqual([url]);
	});

	it('keeps entries whose end tags were forgotten', () => {
		expect(urls('<urlset><url><loc>https://a.test/1<url><loc>https://a.test/2</loc><url><loc>/3</loc></url>')).toEqual([
			'https://a.test/1',
			'https://a.test/2',
			'https://a.test/3',
		]);
	});

	it('keeps what came before a cut, and nothing that was cut', () => {
		const whole =
			'<urlset><url><loc>https://a.test/first</loc></url><url><loc>https://a.test/second</loc></url></urlset>';
		fc.assert(
			fc.property(fc.nat(whole.length), (length) => {
				const kept = urls(whole.slice(0, length));
				expect(['https://a.test/first', 'https://a.test/second'].slice(0, kept.length)).toEqual(kept);
				expect(kept.length > 0).toBe(length >= whole.indexOf('</url>') + '</url>'.length);
			}),
		);
	});

	it('finds no pages in an error page', () => {
		expect(urls('<!doctype html><html><item><link>https://a.test/1</link></item></html>')).toEqual([]);
	});

	it('never throws', () => {
		const piece = fc.constantFrom(
			'<urlset>',
			'<url>',
			'</url>',
			'<loc>',
			'</loc>',
			'https://a.test/',
			'<![CDATA[',
			']]>',
			'<!--',
			'&#x;',
			'\0',
			'>',
		);
		fc.assert(
			fc.property(fc.array(piece), (pieces) => {
				for (const url of urls(pieces.join(''))) expect(url).toMatch(/^https:\/\/a\.test\//);
			}),
		);
	});
});

describe('parseSitemap', () => {
	it('decodes bytes as XML is', () => {
		const xml = '<?xml version="1.0" encoding="ISO-8859-1"?><urlset><url><loc>/caf\xE9</loc></url></urlset>';
		expect(urls(Buffer.from(xml, 'latin1'))).toEqual(['https://a.test/caf%C3%A9']);
		expect(urls(Buffer.from('\uFEFFhttps://a.test/é', 'utf16le'))).toEqual(['https://a.test/%C3%A9']);
	});

	it.each([
		['xml', (count: number) => `<urlset>${'<url><loc>/a</loc></url>'.repeat(count)}</urlset>`],
		['text', (count: number) => 'https://a.test/a\n'.repeat(count)],
	])('stops after 50,000 entries of %s, or as many as it is told', (_format, sitemap) => {
		expect(parse(sitemap(50_000))).toMatchObject({ urls: { length: 50_000 }, truncated: false });
		expect(parse(sitemap(50_001))).toMatchObject({ urls: { length: 50_000 }, truncated: true });
		expect(parse(sitemap(50_001), { maxEntries: Infinity })).toMatchObject({
			urls: { length: 50_001 },
			truncated: false,
		});
		expect(parse(sitemap(3), { maxEntries: 2 })).toMatchObject({ urls: { length: 2 }, truncated: true });
	});

	it('refuses what it cannot work with', () => {
		expect(() => parseSitemap('', '/sitemap.xml')).toThrow(InvalidUrlError);
		for (const maxEntries of [0, -1, Number.NaN]) expect(() => parse('', { maxEntries })).toThrow(InvalidOptionError);
	});
});
