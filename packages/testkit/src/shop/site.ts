import type { Catalog } from './catalog.ts';

/** Everything the pages are drawn from. */
export interface Site {
	/** Without a trailing slash. */
	readonly origin: string;
	readonly catalog: Catalog;
	readonly slowPages: number;
	/** Where `/partner` redirects to; without it there is no such link. */
	readonly partnerUrl: string | undefined;
}
