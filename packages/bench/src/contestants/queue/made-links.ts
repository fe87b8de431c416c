/** A link as a crawl meets it: on one of a thousand sites, a path with words in it, 60 to 70 characters in all. */
export interface MadeLink {
	readonly url: string;
	/** The host of it. */
	readonly domain: string;
}

/** How many sites there are. */
export const sites = 1_000;

// biome-ignore format: one word a line tells nothing more
const words = ['amber', 'brook', 'cedar', 'delta', 'ember', 'field', 'grove', 'haven', 'inlet', 'jetty', 'knoll', 'lumen', 'maple', 'north', 'ocean', 'prism', 'quill', 'ridge', 'stone', 'tide'];

/** The host of a site, by its number. */
export function siteHost(site: number): string {
	return `www.${word(site)}-${word(mix(site))}${site}.example`;
}

/** The number of a site, from its host. */
export function siteOf(host: string): number {
	return Number(/\d+/.exec(host)?.[0]);
}

/** The link of that number: the same at any time, no two alike, those of a site far from each other. */
export function madeLink(index: number, site: number = mix(index) % sites): MadeLink {
	const bits = mix(index ^ 0x9e3779b9);
	const domain = siteHost(site);
	const slug = `${word(bits >>> 5)}-${word(bits >>> 10)}-${word(bits >>> 15)}`;
	return { url: `https://${domain}/${word(bits)}/${slug}-${index.toString(36)}`, domain };
}

/** `count` of them from number `first` on. */
export function madeLinks(first: number, count: number, site?: number): MadeLink[] {
	return Array.from({ length: count }, (_, index) => madeLink(first + index, site));
}

/** A number below 2^32 that looks as if drawn, and is the same for the same `value`. */
export function mix(value: number): number {
	let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return (mixed ^ (mixed >>> 16)) >>> 0;
}

function word(number: number): string {
	return words[number % words.length] as string;
}
