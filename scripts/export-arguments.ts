import { parseArgs } from 'node:util';

/** What to export, and where to. */
export interface ExportArguments {
	readonly storage: string;
	/** `-` is standard output. */
	readonly file: string;
	readonly format: string | undefined;
	readonly dataset: string;
	readonly label: string | undefined;
	readonly since: string | undefined;
	readonly until: string | undefined;
	readonly rejected: boolean;
}

export const USAGE = `npm run export -- <storage> <file> [options]

Writes the rows of a storage file to a file of your choice, also while the crawl is running.

  <storage>          the storage file, such as storage/default.sqlite
  <file>             products.csv, .json, .jsonl (or .ndjson) or .parquet; one that is there is replaced
                     - is standard output (with npm run -s, or npm's own lines are in it)
  --format <format>  csv, json, jsonl or parquet, where the name of the file does not say it
  --dataset <name>   which list of rows (default)
  --label <label>    only rows of pages with this label
  --since <time>     only rows stored at this time or later: 2026-01-31, 2026-01-31T12:00 (UTC) or with a zone, +02:00
  --until <time>     only rows stored before this time
  --rejected         the rows that did not fit their schema, with the reason and the page
  --help             this text

Exit codes: 0 the file is there, 1 it could not be written, 2 wrong use, 130 stopped by Ctrl-C.`;

/** A command line that cannot be used. */
export class UsageError extends Error {}

const OPTIONS = {
	format: { type: 'string' },
	dataset: { type: 'string', default: 'default' },
	label: { type: 'string' },
	since: { type: 'string' },
	until: { type: 'string' },
	rejected: { type: 'boolean', default: false },
	help: { type: 'boolean', default: false },
} as const;

/**
 * Reads the command line; undefined when help is asked for.
 *
 * @throws UsageError in one sentence for what cannot be used.
 */
export function readArguments(args: string[]): ExportArguments | undefined {
	const { values, positionals } = parse(args);
	const { help, ...options } = values;
	if (help) return undefined;
	const [storage, file, ...more] = positionals;
	const example = 'npm run export -- storage/default.sqlite products.csv (--help lists the options)';
	if (storage === undefined) throw new UsageError(`Which storage, and where to? ${example}.`);
	if (file === undefined) throw new UsageError(`Where to? ${example}.`);
	if (more.length > 0) throw new UsageError(`"${more.join(' ')}" is too much: ${example}.`);
	return {
		storage,
		file,
		format: options.format,
		dataset: options.dataset,
		label: options.label,
		since: options.since,
		until: options.until,
		rejected: options.rejected,
	};
}

function parse(args: string[]) {
	try {
		return parseArgs({ args, allowPositionals: true, options: OPTIONS });
	} catch (error) {
		const [sentence = ''] = (error as Error).message.split('\n');
		const unknown = /Unknown option '(-[^']+)'/.exec(sentence)?.[1];
		if (unknown === undefined) throw new UsageError(sentence);
		const names = Object.keys(OPTIONS).map((name) => `--${name}`);
		throw new UsageError(`There is no option ${unknown}; the options are ${names.join(', ')}.`);
	}
}
