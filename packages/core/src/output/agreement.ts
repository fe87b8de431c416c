import type { FileHandle } from 'node:fs/promises';
import type { OutputPosition, StoredItem } from '../store/item-store.ts';

/** How many of the last rows are looked at before more is written behind them. */
const LAST_ROWS = 20;

/** The rows that a file follows. */
export interface FollowedRows {
	/** Rows after the one with this id, oldest first; some of them, or none after the last. */
	after(itemId: number): Promise<readonly StoredItem[]>;
	/** The last so many rows up to the one with this id, oldest first. */
	upTo(itemId: number, limit: number): Promise<readonly StoredItem[]>;
}

/** Before the first row, of an empty file. */
export const FILE_START: OutputPosition = { itemId: 0, bytes: 0 };

/**
 * Where writing goes on in a file of `size` bytes, so that it holds each row once: behind the last row that is whole in it.
 * What a kill has cut off is known by the rows of the storage: it is what comes next in them.
 *
 * @param known how far the file was written, as the storage remembers; undefined for a file that it does not know.
 * @returns undefined when the file has something else in it.
 */
export async function agreement(
	file: FileHandle,
	size: number,
	known: OutputPosition | undefined,
	rows: FollowedRows,
): Promise<OutputPosition | undefined> {
	// Nothing is lost by writing an empty file anew.
	if (size === 0) return FILE_START;
	// Rows that are gone from the storage cannot be compared.
	if (known !== undefined && known.itemId < 0) return size === known.bytes ? FILE_START : undefined;
	if (known === undefined) {
		const end = await agreedEnd(file, size, FILE_START, rows);
		return end === undefined || end.itemId === 0 ? undefined : end;
	}
	// A power cut can take the end of the file, although the storage remembers it.
	if (size < known.bytes) return agreedEnd(file, size, FILE_START, rows);
	return (await endsWithRows(file, known, rows)) ? agreedEnd(file, size, known, rows) : undefined;
}

/** The rows as lines of JSON. */
export function linesOf(rows: readonly StoredItem[]): Buffer {
	return Buffer.from(rows.map(({ json }) => `${json}\n`).join(''));
}

async function endsWithRows(file: FileHandle, { itemId, bytes }: OutputPosition, rows: FollowedRows): Promise<boolean> {
	const lines = linesOf(await rows.upTo(itemId, LAST_ROWS));
	return lines.length <= bytes && lines.equals(await read(file, bytes - lines.length, lines.length));
}

/** Behind the last whole row, when all from `start` to the end of the file are rows, of which the last may be cut off. */
async function agreedEnd(
	file: FileHandle,
	size: number,
	start: OutputPosition,
	rows: FollowedRows,
): Promise<OutputPosition | undefined> {
	let end = start;
	while (end.bytes < size) {
		const next = await rows.after(end.itemId);
		const last = next.at(-1);
		if (last === undefined) return undefined;
		const lines = linesOf(next);
		const found = await read(file, end.bytes, Math.min(lines.length, size - end.bytes));
		if (!found.equals(lines.subarray(0, found.length))) return undefined;
		if (found.length < lines.length) return lastWhole(end, next, found.length);
		end = { itemId: last.id, bytes: end.bytes + lines.length };
	}
	return end;
}

function lastWhole(start: OutputPosition, rows: readonly StoredItem[], length: number): OutputPosition {
	let end = start;
	for (const row of rows) {
		const bytes = end.bytes + linesOf([row]).length;
		if (bytes - start.bytes > length) break;
		end = { itemId: row.id, bytes };
	}
	return end;
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
	const buffer = Buffer.alloc(length);
	let done = 0;
	while (done < length) {
		const { bytesRead } = await file.read(buffer, done, length - done, position + done);
		if (bytesRead === 0) break;
		done += bytesRead;
	}
	return buffer.subarray(0, done);
}
