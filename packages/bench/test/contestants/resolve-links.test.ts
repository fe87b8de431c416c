import { expect, test } from 'vitest';
import { anchorHrefs } from '../../src/contestants/anchor-hrefs.ts';
import cheerio from '../../src/contestants/parse/cheerio.ts';
import sax from '../../src/contestants/parse/sax.ts';
import { resolveLinks } from '../../src/contestants/resolve-links.ts';

const base = 'http://shop.test/a/b';
const html = `<base><A HREF="?q=1&amp;r=2">1</A><a>none</a><link href="/style.css"><a href="/c#top">2</a><a href="/c">3</a>`;

test('anchors are found as they stand in the page', () => {
	expect(anchorHrefs(html)).toEqual(['?q=1&r=2', '/c#top', '/c']);
});

test('links are absolute, web addresses only, each once', () => {
	const hrefs = ['mailto:a@b.test', 'http://[', '../up', '/c#top', '/c', 'https://other.test'];
	expect(resolveLinks(hrefs, base)).toEqual(['http://shop.test/up', 'http://shop.test/c', 'https://other.test/']);
});

test('all parsers agree', () => {
	const links = ['http://shop.test/a/b?q=1&r=2', 'http://shop.test/c'];
	expect(sax(html, base)).toEqual(links);
	expect(cheerio(html, base)).toEqual(links);
});
