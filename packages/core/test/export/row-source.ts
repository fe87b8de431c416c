import type { ExportChunk, RowSource } from '../../src/export/export-chunk.ts';

/** Rows as a storage would give them. */
export function sourceOf(rows: readonly unknown[], likely: readonly unknown[] = []): RowSource {
	return {
		rows: () => rows.map((row) => JSON.stringify(row)),
		likely: () => likely.map((row) => JSON.stringify(row)),
	};
}

/** All pieces in one. */
export function bytesOf(chunks: Iterable<ExportChunk>): Buffer {
	return Buffer.concat(Array.from(chunks, ({ bytes }) => Buffer.from(bytes)));
}

export function textOf(chunks: Iterable<ExportChunk>): string {
	return bytesOf(chunks).toString();
}

export function rowsOf(chunks: Iterable<ExportChunk>): number {
	return Array.from(chunks, ({ rows }) => rows).reduce((sum, rows) => sum + rows, 0);
}
