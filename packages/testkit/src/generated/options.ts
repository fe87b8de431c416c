import { wholeNumber } from '../whole-number.ts';

/** `small`: 4 to 60 KB, about 20 KB, 20 to 200 links. `real`: as saved real pages are, with a tail up to 1.5 MB. */
export type GeneratedProfile = 'small' | 'real';

export interface GeneratedSiteOptions {
	/** Where the site will be served, for its absolute links: `http://127.0.0.1:8080`, no trailing slash. */
	readonly origin: string;
	/** `small` by default. */
	readonly profile?: GeneratedProfile;
	/** How many pages; 10,000 for `small` and 3,000 for `real` by default. */
	readonly pages?: number;
	/** The same seed makes the same site, to the byte; 1 by default. */
	readonly seed?: number;
}

export type GeneratedSite = Required<GeneratedSiteOptions>;

/** @throws {RangeError | TypeError} naming the option that does not fit. */
export function completeOptions(options: GeneratedSiteOptions): GeneratedSite {
	const { profile = 'small', seed = 1, origin } = options;
	const { pages = profile === 'real' ? 3000 : 10_000 } = options;
	wholeNumber('pages', pages, 1, 10_000_000);
	if (URL.parse(origin)?.origin !== origin) {
		throw new TypeError(`origin must be an origin like "http://127.0.0.1:8080", got ${JSON.stringify(origin)}`);
	}
	return { origin, profile, pages, seed };
}
