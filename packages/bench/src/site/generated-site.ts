import { writeGeneratedSite } from '@orbweaver/testkit';
import type { Profile } from '../arguments.ts';

/** What to generate. */
export interface SiteOptions {
	readonly directory: string;
	/** Where the directory is served: some links of the site are absolute. */
	readonly origin: string;
	readonly pages: number;
	readonly profile: Profile;
}

/** What a crawler of the site has to come back with, and how heavy it was. */
export interface SiteFacts {
	/** Different addresses that answer with a page. More than the pages asked for: some have a second address. */
	readonly urls: number;
	readonly meanBytes: number;
	readonly meanLinks: number;
	/** Of all pages: two runs with the same one crawled the same site. */
	readonly sha256: string;
}

// The same site for everybody, everywhere; only the port in its absolute links differs.
const seed = 1;

/** Writes a site into a folder that is being served. */
export async function writeSite({ directory, origin, pages, profile }: SiteOptions): Promise<SiteFacts> {
	const { urls, meanBytes, meanLinks, sha256 } = await writeGeneratedSite(directory, { origin, pages, profile, seed });
	return { urls, meanBytes, meanLinks, sha256 };
}
