import { realpathSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { InvalidOptionError } from '../errors.ts';
import { requireKnown } from '../require-known.ts';
import { ItemReader, type RowKind, type RowSelection } from '../sqlite/item-reader.ts';
import { MEMORY } from '../sqlite/storage-path.ts';
import type { ExportChunk, RowSource } from './export-chunk.ts';
import { type ExportFormat, exportFormat } from './export-format.ts';
import { type ExportTime, exportTime } from './export-time.ts';
import { jsonArray, jsonLines } from './json-chunks.ts';
import { openSink } from './open-sink.ts';
import { type Written, writeChunks } from './write-chunks.ts';

/** Which rows are exported, and how. */
export interface ExportOptions {
	/** Default: what the file's extension stands for. */
	readonly format?: ExportFormat | undefined;
	/** Default `'default'`. */
	readonly dataset?: string | undefined;
	/** `'rejected'`: the rows that did not fit their schema, each with `url`, `reason`, `rejectedAt` and `item`. Default `'items'`. */
	readonly which?: RowKind | undefined;
	/** Only rows of pages with this label. */
	readonly label?: string | undefined;
	/** Only rows stored at this time or later. */
	readonly since?: ExportTime | undefined;
	/** Only rows stored before this time. */
	readonly until?: ExportTime | undefined;
	/** Ends the export with its reason; no file is left behind. */
	readonly signal?: AbortSignal | undefined;
}

/** What was exported. */
export interface ExportResult extends Written {
	readonly format: ExportFormat;
}

const NAMES: readonly string[] = ['format', 'dataset', 'which', 'label', 'since', 'until', 'signal'];
const DEFAULT_DATASET = 'default';

/** Each is loaded when it is used: a crawler shall not start later for them. */
const FORMATS: Readonly<Record<ExportFormat, () => Promise<(source: RowSource) => Iterable<ExportChunk>>>> = {
	jsonl: async () => jsonLines,
	json: async () => jsonArray,
	csv: async () => (await import('./csv-chunks.ts')).csvChunks,
	parquet: async () => (await import('./parquet-chunks.ts')).parquetChunks,
};

/**
 * Writes the rows of a storage file to a file, as they are at this moment: also while a crawl goes on with it, which is
 * not held up. Memory does not grow with the rows.
 *
 * The file is written beside its name and takes its place when it is whole, that of an earlier file too.
 *
 * @param storage the storage file.
 * @param file where to; `'-'` is standard output. A stream is ended after the last row, standard output is not.
 * @throws InvalidOptionError for an option that cannot be used and a dataset that is not there; StorageError when the
 * storage cannot be read, or the file cannot be written.
 * @example
 * await exportResults('storage/default.sqlite', 'products.csv', { label: 'product', since: '2026-01-31' });
 */
export async function exportResults(
	storage: string,
	file: string | Writable,
	options: ExportOptions = {},
): Promise<ExportResult> {
	requireKnown('exportResults', options, NAMES);
	const format = exportFormat(typeof file === 'string' ? file : undefined, options.format);
	const selection = rowSelection(options);
	if (storage === MEMORY) {
		throw new InvalidOptionError(
			`storage ${MEMORY} is seen by its own crawler only; use its getData or exportData, or keep the crawl in a file.`,
		);
	}
	options.signal?.throwIfAborted();
	using reader = ItemReader.open(storage);
	requireDataset(reader, storage, selection);
	if (typeof file === 'string') requireOther(storage, file);
	const chunksOf = await FORMATS[format]();
	const sink = await openSink(file, options.signal);
	const written = await writeChunks(chunksOf(rowSource(reader, selection)), sink, options.signal);
	return { ...written, format };
}

function rowSelection({
	dataset = DEFAULT_DATASET,
	which = 'items',
	label,
	since,
	until,
}: ExportOptions): RowSelection {
	if (which !== 'items' && which !== 'rejected') {
		throw new InvalidOptionError(`which must be 'items' or 'rejected', got ${JSON.stringify(which)}.`);
	}
	if (label !== undefined && typeof label !== 'string') {
		throw new InvalidOptionError(`label must be the label of a request, a string, got ${JSON.stringify(label)}.`);
	}
	const range = {
		since: since === undefined ? undefined : exportTime('since', since),
		until: until === undefined ? undefined : exportTime('until', until),
	};
	if (range.since !== undefined && range.until !== undefined && range.since >= range.until) {
		const [from, to] = [range.since, range.until].map((time) => new Date(time).toISOString());
		throw new InvalidOptionError(`since must be before until, got ${from} and ${to}.`);
	}
	return { dataset, which, label, ...range };
}

function requireDataset(reader: ItemReader, storage: string, { dataset, which }: RowSelection): void {
	const names = reader.datasets(which);
	if (names.includes(dataset)) return;
	// The first row makes it: a crawl that has found nothing yet has an empty one.
	if (names.length === 0 && dataset === DEFAULT_DATASET) return;
	const there = names.length === 0 ? 'no datasets yet' : names.map((name) => JSON.stringify(name)).join(', ');
	throw new InvalidOptionError(
		`storage "${storage}" has no dataset ${JSON.stringify(dataset)}; it has ${there}. Choose one with dataset.`,
	);
}

/** The results shall not take the place of the crawl. */
function requireOther(storage: string, file: string): void {
	const ends = ['', '-wal', '-shm', '-lock'];
	const path = resolved(file);
	if (path === undefined || !ends.some((end) => path === `${resolved(storage)}${end}`)) return;
	throw new InvalidOptionError(`"${file}" is the storage itself; give another file to export to.`);
}

function resolved(path: string): string | undefined {
	try {
		return realpathSync(path);
	} catch {
		return undefined;
	}
}

function rowSource(reader: ItemReader, selection: RowSelection): RowSource {
	const { dataset, which } = selection;
	return {
		rows: () => reader.rows(selection),
		*likely() {
			yield* reader.rows({ dataset, which });
			// These are there whatever the rows are like.
			if (which === 'rejected') yield JSON.stringify({ url: '', reason: '', rejectedAt: '' });
		},
	};
}
