/** Finish pages: one after another, then in groups. */
export interface CommitsJob {
	readonly pages: number;
	/** How many are under way at once in a group. */
	readonly group: number;
	/** An empty folder on a disk; removed afterwards. */
	readonly directory: string;
}

/** What a process answers. */
export interface CommitsAnswer {
	/** Pages that are in the file at the end. */
	readonly pages: number;
	/** Pages a second, when the next one begins after the one before is stored. */
	readonly alone: number;
	/** Pages a second, when a group is stored together. */
	readonly grouped: number;
}
