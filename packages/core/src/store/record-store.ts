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

/** Named stores of values by key. */
export interface RecordStore {
	openRecords(store: string): Promise<{ name: string; createdAt: number }>;
	recordStores(): Promise<{ name: string; createdAt: number }[]>;
	getRecord(store: string, key: string): Promise<StoredRecord | undefined>;
	setRecord(store: string, record: StoredRecord): Promise<void>;
	deleteRecord(store: string, key: string): Promise<void>;
	listRecords(
		store: string,
		range: { after?: string | undefined; prefix?: string | undefined; limit: number },
	): Promise<{ key: string; size: number }[]>;
	dropRecords(store: string): Promise<void>;
}
