import { CHUNK_SIZE, type ExportChunk, type RowSource } from './export-chunk.ts';

/** One row a line. See https://jsonlines.org. */
export function* jsonLines(source: RowSource): Generator<ExportChunk> {
	yield* gathered(source, '', '\n');
}

/** One array, with a row a line. */
export function* jsonArray(source: RowSource): Generator<ExportChunk> {
	yield { bytes: '[', rows: 0 };
	let written = 0;
	for (const chunk of gathered(source, ',\n', '')) {
		// Between two rows, but not before the first.
		yield written === 0 ? { ...chunk, bytes: `\n${chunk.bytes.slice(2)}` } : chunk;
		written += chunk.rows;
	}
	yield { bytes: written === 0 ? ']\n' : '\n]\n', rows: 0 };
}

interface TextChunk extends ExportChunk {
	readonly bytes: string;
}

function* gathered(source: RowSource, before: string, after: string): Generator<TextChunk> {
	let bytes = '';
	let rows = 0;
	for (const json of source.rows()) {
		bytes += `${before}${json}${after}`;
		rows += 1;
		if (bytes.length < CHUNK_SIZE) continue;
		yield { bytes, rows };
		bytes = '';
		rows = 0;
	}
	if (rows > 0) yield { bytes, rows };
}
