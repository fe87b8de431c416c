import type { GeneratedSiteOptions } from './options.ts';
import { completeOptions } from './options.ts';

/** Every page belongs to a folder of this many. */
const pagesPerFolder = 100;

/** Each page whose number is a multiple of this has a second address, the same page for print. */
const printEvery = 50;

/** The generated site's robots.txt: everything is allowed. */
export const robotsTxt: string = 'User-agent: *\nAllow: /\n';

const printQuery = '?from=list&view=print';

/** The path of page `i`; page 0 is `/`, in a file `index.html`. */
export function pagePath(i: number): string {
	if (i === 0) return '/';
	return `/section-${padded(Math.floor(i / pagesPerFolder), 3)}/page-${padded(i, 6)}.html`;
}

/** The file of page `i` below the site's folder. */
export function pageFile(i: number): string {
	return i === 0 ? 'index.html' : pagePath(i).slice(1);
}

/** The number of the page at `path`, if there is one among `pages`. */
export function pageAt(path: string, pages: number): number | undefined {
	if (path === '/' || path === '/index.html') return 0;
	const i = Number(/\/page-(\d+)\.html$/.exec(path)?.[1] ?? Number.NaN);
	return i < pages && pagePath(i) === path ? i : undefined;
}

/** The last page up to `i` that has a print view. */
export function printable(i: number): number {
	return i - (i % printEvery);
}

export function hasPrintView(i: number): boolean {
	return i % printEvery === 0;
}

export function printPath(i: number): string {
	return pagePath(i) + printQuery;
}

/** Every distinct URL of the site, without fragments: all pages in order, then the print views of some. */
export function generatedUrls(options: GeneratedSiteOptions): string[] {
	const { origin, pages } = completeOptions(options);
	const numbers = Array.from({ length: pages }, (_, i) => i);
	return [...numbers.map(pagePath), ...numbers.filter(hasPrintView).map(printPath)].map((path) => origin + path);
}

function padded(n: number, width: number): string {
	return String(n).padStart(width, '0');
}
