/** A piece of the file, and how many rows are in it. An empty one only gives others a turn. */
export interface ExportChunk {
	readonly bytes: string | Uint8Array;
	readonly rows: number;
}

/** The rows of an export, as JSON. Both may be gone through more than once. */
export interface RowSource {
	rows(): Iterable<string>;
	/** Rows that tell the columns when there is no row to be written. */
	likely(): Iterable<string>;
}

/** Enough for a write that is worth it, little enough for the memory. In characters. */
export const CHUNK_SIZE: number = 64 * 1024;

/** How many rows are looked at in one go. */
export const ROWS_IN_A_TURN = 1_000;
