import type { LinkFilterOptions, LinkOrigin } from '../crawler/link-filter.ts';

/** A page whose links are wanted, and which of them. */
export interface LinkTask {
	/** The page as it came. */
	readonly bytes: Uint8Array;
	readonly contentType: string | undefined;
	/** The address that answered. */
	readonly url: string;
	readonly filter: LinkFilterOptions;
	readonly from: LinkOrigin;
}

/** The links of a page that may be followed. */
export interface FoundLinks {
	/** All of them, once each, in the order of the page, one a line: most crawls never look at them. */
	readonly lines: string;
	/** Those that are not known to be stored. */
	readonly fresh: readonly string[];
}

/** What goes to the thread that finds links. */
export interface LinkBatch {
	readonly tasks: readonly (LinkTask & { readonly id: number })[];
	/** Keys that were stored since the last batch. */
	readonly known: readonly string[];
}

/** What comes back. */
export type LinkAnswer =
	| ({ readonly id: number } & FoundLinks)
	/** Whoever asked tries it in its own thread, and meets the error there. */
	| { readonly id: number; readonly failed: true };
