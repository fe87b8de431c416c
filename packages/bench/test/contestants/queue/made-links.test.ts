import { expect, test } from 'vitest';
import { madeLink, madeLinks, siteHost, siteOf, sites } from '../../../src/contestants/queue/made-links.ts';

const links = madeLinks(0, 50_000);

test('no two are alike, and each is always the same', () => {
	expect(new Set(links.map(({ url }) => url)).size).toBe(links.length);
	expect(madeLink(1234)).toEqual(links[1234]);
	expect(new URL(madeLink(77).url).host).toBe(madeLink(77).domain);
});

test('they are as long as addresses are, over all sites', () => {
	const length = links.reduce((sum, { url }) => sum + url.length, 0) / links.length;
	expect(length).toBeGreaterThan(60);
	expect(length).toBeLessThan(70);
	expect(new Set(links.map(({ domain }) => domain)).size).toBe(sites);
});

test('a site that is asked for is that of the link', () => {
	const { url, domain } = madeLink(5, 321);
	expect(domain).toBe(siteHost(321));
	expect(url).toContain(`https://${domain}/`);
	expect(siteOf(domain)).toBe(321);
});
