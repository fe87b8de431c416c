import { expect, test } from 'vitest';
import { extractLinks } from '../../src/links/extract-links.ts';
import { extractUrls } from '../../src/links/extract-urls.ts';
import { scanLinks } from '../../src/links/scan/scan-links.ts';

/** A page and the paths it links to, each once, separated by spaces. */
export type Page = readonly [name: string, html: string, paths: string];

export const PAGE_URL = 'https://site.test/page';

export function fullParserUrls(html: string): string[] {
	return [...new Set(extractLinks(html, { baseUrl: PAGE_URL }).map((link) => link.url))];
}

/** Tests that both parsers find these links, and that the scan finds them on its own. */
export function testScanned(pages: readonly Page[]): void {
	test.each(pages)('%s', (_name, html, paths) => {
		expect(scanLinks(html), 'the scan should not need the full parser').toBeDefined();
		expectUrls(html, paths);
	});
}

/** Tests that both parsers find these links, where the scan has to leave the page to the full parser. */
export function testParsed(pages: readonly Page[]): void {
	test.each(pages)('%s', (_name, html, paths) => {
		expect(scanLinks(html), 'the scan should need the full parser').toBeUndefined();
		expectUrls(html, paths);
	});
}

function expectUrls(html: string, paths: string): void {
	const urls = paths === '' ? [] : paths.split(' ').map((path) => new URL(path, PAGE_URL).href);
	expect(fullParserUrls(html), 'full parser').toEqual(urls);
	expect(extractUrls(html, PAGE_URL), 'scan').toEqual(urls);
}
