/** Parse the `.html` files of a folder and find their links. */
export interface ParseJob {
	readonly directory: string;
	/** The address that links are resolved against. */
	readonly base: string;
	/** How many of the files, from the first by name. */
	readonly pages: number;
}

/** What a contestant's process answers. */
export interface ParseAnswer {
	readonly pages: number;
	/** Different links per page, summed over the pages. */
	readonly links: number;
	/** Mean time a page, over as many passes as fill a second. */
	readonly msPerPage: number;
}

/**
 * A contestant: its module's default export. The absolute http(s) addresses that the anchors of a page lead to,
 * each once, without fragments.
 */
export type ParseContestant = (html: string, base: string) => readonly string[];
