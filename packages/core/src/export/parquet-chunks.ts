import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { ColumnType } from './column-type.ts';
import { type ExportChunk, ROWS_IN_A_TURN, type RowSource } from './export-chunk.ts';
import { parseRow } from './parse-row.ts';
import { learnColumns, RowColumns } from './row-columns.ts';

/** A group of rows is written at once: how much of it is in memory. */
const GROUP_ROWS = 50_000;
const GROUP_CELLS = 100_000;
/** In characters of JSON. */
const GROUP_LENGTH = 8 * 1024 * 1024;

/**
 * Apache Parquet, compressed with Snappy. A column that holds nothing but text, booleans, integers (up to 2^53) or numbers
 * has that type, others are JSON; every cell may be null.
 *
 * @see https://parquet.apache.org/docs/file-format/
 */
export function* parquetChunks(source: RowSource): Generator<ExportChunk> {
	const columns = new RowColumns();
	yield* learnColumns(columns, source);
	const { columns: known } = columns;
	const bytes = new ByteWriter();
	// The bounds of JSON mean nothing, and would be in the file whole.
	const specs = known.map(({ name, type }) => ({ name, type, nullable: true, statistics: type !== 'JSON' }));
	const schema = schemaFromColumnData({ columnData: specs.map((spec) => ({ ...spec, data: [] })) });
	const writer = new ParquetWriter({ writer: bytes, schema, createdBy: 'orbweaver' });

	let group: unknown[][] = known.map(() => []);
	let rows = 0;
	let length = 0;
	const write = (): ExportChunk => {
		const columnData = specs.map((spec, index): ColumnSource => ({ ...spec, data: group[index] as unknown[] }));
		// Writes to the buffer at once: a promise would only come of a `flush` that the buffer does not have.
		void writer.write({ columnData, rowGroupSize: rows });
		const chunk = { bytes: taken(bytes), rows };
		group = known.map(() => []);
		rows = 0;
		length = 0;
		return chunk;
	};
	for (const json of source.rows()) {
		const cells = columns.cells(parseRow(json));
		for (const [index, { type }] of known.entries()) group[index]?.push(physical(cells[index], type));
		rows += 1;
		length += json.length;
		const isFull = rows >= GROUP_ROWS || rows * known.length >= GROUP_CELLS || length >= GROUP_LENGTH;
		if (isFull) yield write();
		else if (rows % ROWS_IN_A_TURN === 0) yield { bytes: '', rows: 0 };
	}
	if (rows > 0) yield write();
	void writer.finish();
	yield { bytes: taken(bytes), rows: 0 };
}

function physical(value: unknown, type: ColumnType): unknown {
	if (value === null || value === undefined) return null;
	return type === 'INT64' ? BigInt(value as number) : value;
}

/** Takes what was written out of the buffer, which goes on counting from there. */
function taken(writer: ByteWriter): Uint8Array {
	const bytes = writer.getBytes().slice();
	writer.index = 0;
	return bytes;
}
