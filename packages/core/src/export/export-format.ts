import { extname } from 'node:path';
import { InvalidOptionError } from '../errors.ts';

/** How rows are written: JSON lines, one JSON array, CSV, or Apache Parquet. */
export type ExportFormat = 'jsonl' | 'json' | 'csv' | 'parquet';

const FORMATS: readonly ExportFormat[] = ['jsonl', 'json', 'csv', 'parquet'];

const EXTENSIONS: ReadonlyMap<string, ExportFormat> = new Map([
	['.jsonl', 'jsonl'],
	['.ndjson', 'jsonl'],
	['.json', 'json'],
	['.csv', 'csv'],
	['.parquet', 'parquet'],
]);

/**
 * The format that is given, or else the one that the extension of the file stands for.
 *
 * @throws InvalidOptionError when there is no such format.
 */
export function exportFormat(file: string | undefined, given: string | undefined): ExportFormat {
	const format = given === undefined ? EXTENSIONS.get(extname(file ?? '').toLowerCase()) : known(given);
	if (format !== undefined) return format;
	const all = FORMATS.join(', ');
	if (given !== undefined) throw new InvalidOptionError(`format must be one of ${all}, got ${JSON.stringify(given)}.`);
	if (file === undefined || file === '-') {
		throw new InvalidOptionError(`A stream has no name to tell the format by: give format, one of ${all}.`);
	}
	throw new InvalidOptionError(
		`"${file}" has no extension that stands for a format; use ${[...EXTENSIONS.keys()].join(', ')}, or give format, one of ${all}.`,
	);
}

function known(name: string): ExportFormat | undefined {
	return FORMATS.find((format) => format === name);
}
