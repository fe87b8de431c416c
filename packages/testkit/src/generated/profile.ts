import type { Random } from '../random.ts';
import type { GeneratedProfile } from './options.ts';

/** What one page is to weigh. */
export interface PageShape {
	readonly bytes: number;
	/** How many `<a href>` it has, the shared ones included. */
	readonly links: number;
}

interface LogNormal {
	readonly median: number;
	/** Of the logarithm: mean / median = exp(sigma^2 / 2). */
	readonly sigma: number;
	readonly least: number;
	readonly most: number;
}

/**
 * `real` follows saved pages of real sites: a median of 100 KB with a mean of 150 KB gives sigma = 0.9, and 90 links
 * with a mean of 170 give 1.13.
 */
const profiles: Readonly<Record<GeneratedProfile, { readonly bytes: LogNormal; readonly links: LogNormal }>> = {
	small: {
		bytes: { median: 20_000, sigma: 0.6, least: 4500, most: 59_000 },
		links: { median: 56, sigma: 0.55, least: 20, most: 200 },
	},
	real: {
		bytes: { median: 100_000, sigma: 0.9, least: 6000, most: 1_480_000 },
		links: { median: 90, sigma: 1.13, least: 20, most: 2500 },
	},
};

/** Long pages have more links, but not strictly so. */
const correlation = 0.6;

/** The fewest bytes that a link takes with its markup, and what a page takes besides. */
const bytesPerLink = 110;
const bytesPerPage = 2000;

export function drawShape(profile: GeneratedProfile, random: Random): PageShape {
	const { bytes, links } = profiles[profile];
	const size = random.normal();
	const own = random.normal();
	const weight = draw(bytes, size);
	const wanted = draw(links, correlation * size + Math.sqrt(1 - correlation ** 2) * own);
	return {
		bytes: weight,
		links: Math.max(links.least, Math.min(wanted, Math.floor((weight - bytesPerPage) / bytesPerLink))),
	};
}

function draw({ median, sigma, least, most }: LogNormal, normal: number): number {
	return Math.round(Math.min(most, Math.max(least, median * Math.exp(sigma * normal))));
}
