// npm run export -- <storage> <file> [options]: writes the rows of a storage file as CSV, JSON, JSON lines or Parquet.
import { constants } from 'node:os';
// Not all of the package: a crawler takes a second to load.
import { InvalidOptionError } from '../packages/core/src/errors.ts';
import type { ExportFormat } from '../packages/core/src/export/export-format.ts';
import { type ExportResult, exportResults } from '../packages/core/src/export/export-results.ts';
import { type ExportArguments, readArguments, USAGE, UsageError } from './export-arguments.ts';

const NAMES: Readonly<Record<ExportFormat, string>> = {
	csv: 'CSV',
	json: 'JSON',
	jsonl: 'JSON lines',
	parquet: 'Parquet',
};
const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];

// Whoever reads what is written may go away at any time.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort(128 + constants.signals[name]));

try {
	const given = readArguments(process.argv.slice(2));
	if (given === undefined) {
		console.log(USAGE);
	} else {
		const { storage, file, rejected, ...options } = given;
		const result = await exportResults(storage, file, {
			...options,
			// What is no format is refused, with those that there are.
			format: options.format as ExportFormat | undefined,
			which: rejected ? 'rejected' : 'items',
			signal: stop.signal,
		});
		// Whoever has read enough need not be told how much there would have been.
		if (result.isWhole) console.error(summary(given, result));
	}
} catch (error) {
	if (error === stop.signal.reason && stop.signal.aborted) {
		console.error('Stopped; no file was written.');
		process.exitCode = stop.signal.reason as number;
	} else {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = error instanceof UsageError || error instanceof InvalidOptionError ? 2 : 1;
	}
}

/** `1,234 rows of dataset default → products.csv (CSV, 120 KB)` */
function summary({ file, dataset, rejected }: ExportArguments, { rows, bytes, format }: ExportResult): string {
	const what = `${rows.toLocaleString('en')} ${rejected ? 'rejected ' : ''}${rows === 1 ? 'row' : 'rows'}`;
	const target = file === '-' ? 'standard output' : file;
	return `${what} of dataset ${dataset} → ${target} (${NAMES[format]}, ${size(bytes)})`;
}

function size(bytes: number): string {
	let value = bytes;
	let unit = 0;
	while (value >= 999.5 && unit < UNITS.length - 1) {
		value /= 1_000;
		unit += 1;
	}
	return `${value < 9.95 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}
