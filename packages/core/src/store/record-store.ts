export interface StoredRecord {
	readonly key: string;
	readonly contentType?: string | undefined;
	readonly value: Uint8Array;
}

/** A value that a page sets in a key-value store; one without `value` is removed. */
export interface RecordChange {
	readonly store: string;
	readonly key: string;
	readonly contentType?: string | undefined;
	readonly value?: Uint8Array | undefined;
}

export interface RecordFacts {
	readonly key: string;
	/** In bytes. */
	readonly size: number;
}

/** Which keys are meant: those after `after` that begin with `prefix`. */
export interface KeyRange {
	readonly after?: string | undefined;
	readonly prefix?: string | undefined;
	readonly limit: number;
}

/** Named stores of values by key. */
export interface RecordStore {
	openRecords(store: string): Promise<{ name: string; createdAt: number }>;
	recordStores(): Promise<{ name: string; createdAt: number }[]>;
	getRecord(store: string, key: string): Promise<StoredRecord | undefined>;
	setRecord(store: string, record: StoredRecord): Promise<void>;
	deleteRecord(store: string, key: string): Promise<void>;
	listRecords(store: string, range: KeyRange): Promise<RecordFacts[]>;
	/** Answers false when there is no such store, or one of the new name already. */
	renameRecords(store: string, newName: string): Promise<boolean>;
	dropRecords(store: string): Promise<void>;
}
