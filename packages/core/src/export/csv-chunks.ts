import { stringify } from 'csv-stringify/sync';
import { CHUNK_SIZE, type ExportChunk, ROWS_IN_A_TURN, type RowSource } from './export-chunk.ts';
import { parseRow } from './parse-row.ts';
import { learnColumns, RowColumns } from './row-columns.ts';

/** How lines end: as RFC 4180 has it, or as Crawlee does. */
export type LineEnd = '\r\n' | '\n';

/**
 * CSV with a header. `true`, `false` and numbers are written as in JSON, lists as JSON, nothing and null as an empty cell,
 * and empty text as `""`. Text is written as it is, whatever a spreadsheet makes of it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function* csvChunks(source: RowSource): Generator<ExportChunk> {
	const columns = new RowColumns();
	yield* learnColumns(columns, source);
	yield { bytes: csvHeader(columns), rows: 0 };
	let lines: (string | null)[][] = [];
	let length = 0;
	for (const json of source.rows()) {
		lines.push(csvCells(columns, parseRow(json)));
		length += json.length;
		if (length < CHUNK_SIZE && lines.length < ROWS_IN_A_TURN) continue;
		yield { bytes: csvLines(lines), rows: lines.length };
		lines = [];
		length = 0;
	}
	yield { bytes: csvLines(lines), rows: lines.length };
}

export function csvHeader({ columns }: RowColumns, lineEnd?: LineEnd): string {
	return csvLines([columns.map(({ name }) => name)], lineEnd);
}

export function csvCells(columns: RowColumns, row: unknown): (string | null)[] {
	const cells = columns.cells(row).map(cellText);
	// A line with nothing in it is no row for many readers.
	return cells.length === 1 ? [cells[0] ?? ''] : cells;
}

export function csvLines(lines: readonly (string | null)[][], lineEnd: LineEnd = '\r\n'): string {
	// Rows without a single key have no columns, and no line of them says anything.
	if (lines[0]?.length === 0) return '';
	return stringify([...lines], {
		record_delimiter: lineEnd,
		quote_record_delimiter: true,
		// Empty text; nothing is never held against it.
		quoted_match: [/^$/],
	});
}

function cellText(value: unknown): string | null {
	if (value === null || value === undefined) return null;
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
