/** A result row on its way into the store. */
export interface NewItem {
	readonly dataset: string;
	readonly json: string;
}

/** A row that did not fit the schema of its items, on its way into the list of the rejected. */
export interface NewRejectedItem extends NewItem {
	/** What the schema says is wrong. */
	readonly reason: string;
}

/** A row that did not fit the schema of its items. */
export interface RejectedItem extends NewRejectedItem {
	/** The page that pushed it. */
	readonly url: string;
	/** Milliseconds since the epoch. */
	readonly rejectedAt: number;
}

export interface DatasetFacts {
	readonly name: string;
	/** Milliseconds since the epoch. */
	readonly createdAt: number;
	readonly itemCount: number;
}

/** Which rows of a dataset are meant. */
export interface ItemFilter {
	/** Only rows of pages with this label. */
	readonly label?: string | undefined;
	/** Only rows stored at this time or later, milliseconds since the epoch. */
	readonly since?: number | undefined;
	/** Only rows stored before this time, milliseconds since the epoch. */
	readonly until?: number | undefined;
}

/** A part of a dataset by its row numbers. */
export interface ItemRange {
	readonly offset: number;
	readonly limit: number;
	/** Newest first. */
	readonly desc?: boolean;
}

/** How the rows of a dataset are gone through. */
export interface ItemWalk extends ItemFilter {
	/** Newest first. */
	readonly desc?: boolean | undefined;
	/** How many rows are passed over; each costs a little. */
	readonly skip?: number | undefined;
}

/** A row as it is read again. */
export interface StoredItem {
	/** Rises with each row; a place to go on from. */
	readonly id: number;
	readonly json: string;
}

/** How far a file with the rows of a dataset is written. */
export interface OutputPosition {
	/** The last row in the file; 0 before the first, less when the rows in it are gone from the storage. */
	readonly itemId: number;
	/** The length of the file up to the end of that row. */
	readonly bytes: number;
}

/** Named lists of result rows. */
export interface ItemStore {
	/** Creates the dataset when it is missing. */
	openDataset(name: string): Promise<DatasetFacts>;
	dataset(name: string): Promise<DatasetFacts | undefined>;
	datasets(): Promise<DatasetFacts[]>;
	pushItems(items: readonly NewItem[]): Promise<void>;
	/** Rows in the order of their addition. */
	readItems(dataset: string, range: ItemRange): Promise<{ total: number; json: string[] }>;
	/**
	 * Rows that come after the one with the id `after`, oldest first unless told; as cheap in the millionth row as in the
	 * first. Before the first row are the ids 0 and, newest first, `Number.MAX_SAFE_INTEGER`.
	 */
	itemsAfter(dataset: string, after: number, limit: number, walk?: ItemWalk): Promise<StoredItem[]>;
	/** Answers false when there is no such dataset, or one of the new name already. */
	renameDataset(name: string, newName: string): Promise<boolean>;
	dropDataset(name: string): Promise<void>;
	/** Rows that did not fit their schema, oldest first. */
	rejectedItems(range: { offset: number; limit: number }): Promise<RejectedItem[]>;
	/** How far the file that is known as `path` is written; undefined for one that is not known. */
	outputPosition(path: string): Promise<OutputPosition | undefined>;
	/** Answers false, and changes nothing, when it is not at `from`; undefined stands for a file that is not known. */
	moveOutputPosition(path: string, from: OutputPosition | undefined, to: OutputPosition): Promise<boolean>;
}
