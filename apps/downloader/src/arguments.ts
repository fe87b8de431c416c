import { parseArgs } from 'node:util';
import { parseByteRate } from './byte-rate.ts';
import { closeName } from './close-name.ts';
import { parseHeaders } from './header-arguments.ts';
import { UsageError } from './usage-error.ts';

/** What to download and how. */
export interface Settings {
	/** Each like a line of a list. */
	readonly urls: readonly string[];
	/** Files of such lines; `-` is standard input. */
	readonly lists: readonly string[];
	readonly output: string;
	readonly segments: number;
	readonly parallel: number;
	/** For all files together. */
	readonly bytesPerSecond: number;
	/** Of the only file. */
	readonly sha256: string | undefined;
	/** A file of digests and names. */
	readonly checksums: string | undefined;
	readonly headers: Readonly<Record<string, string[]>>;
	readonly retries: number;
	readonly timeoutMs: number;
	readonly overwrite: Overwrite;
	readonly json: boolean;
	readonly quiet: boolean;
}

/** What becomes of a file that has the name already. */
export type Overwrite = 'error' | 'replace' | 'skip';

export const USAGE = `npm run download -- <url…> [options]

Downloads files, several at once and each in several parts. Stopped by whatever, the same command goes on from there.

  --input <file>        a list, one file a line (- is standard input): https://example.com/a.iso sha256=<hex> out=<name>
                        mirrors of a file stand on its line, with spaces, tabs or | between; # begins a comment
  --output <folder>     where to put the files (the current folder); made if it is not there
  --segments <n>        parts of one file that come at once, where the server allows it (4)
  --parallel <n>        files that come at once (3); one host never gets more than 20 connections
  --limit-rate <rate>   bytes a second, for all files together: 500K, 2M, 1.5G (in powers of 1024)
  --sha256 <hex>        what the SHA-256 of the only file must be
  --checksums <file>    digests and names, as sha256sum and its like write them: each file must be there, and agree
  --header <header>     sent with each request: 'Name: value'; may be repeated
  --retries <n>         failures in a row that are made good (15, with longer and longer waits: about a minute)
  --timeout <seconds>   how long a connection may be silent (30)
  --overwrite <what>    when another file has the name: error; replace it; skip it if it is the same (skip)
  --json                the summary as JSON
  --quiet               nothing but errors
  --help                this text

A file is called like the last part of its URL. Where that has no extension, or a query follows, the server names it.
Exit codes: 0 all files are there, 1 some are not, 2 wrong use, 130 stopped by Ctrl-C.`;

const OPTIONS = {
	input: { type: 'string', multiple: true, default: [] as string[] },
	output: { type: 'string', default: '.' },
	segments: { type: 'string', default: '4' },
	parallel: { type: 'string', default: '3' },
	'limit-rate': { type: 'string' },
	sha256: { type: 'string' },
	checksums: { type: 'string' },
	header: { type: 'string', multiple: true, default: [] as string[] },
	retries: { type: 'string', default: '15' },
	timeout: { type: 'string', default: '30' },
	overwrite: { type: 'string', default: 'skip' },
	json: { type: 'boolean', default: false },
	quiet: { type: 'boolean', default: false },
	help: { type: 'boolean', default: false },
} as const;

const MAX_CONNECTIONS = 64;

/** The longest that timers of Node wait, in seconds. */
const MAX_TIMEOUT = 2 ** 31 / 1_000 - 1;

/**
 * Reads the command line; undefined when help is asked for.
 *
 * @throws UsageError in one sentence for what cannot be used.
 */
export function readArguments(argv: string[]): Settings | undefined {
	const { values, positionals } = parse(joinNegatives(argv));
	if (values.help) return undefined;
	const lists = [...values.input, ...positionals.filter((argument) => argument === '-')];
	const urls = positionals.filter((argument) => argument !== '-');
	if (urls.length + lists.length === 0) {
		throw new UsageError(
			'Which file? Give its address: npm run download -- https://example.com/disk.iso (--help lists the options).',
		);
	}
	if (values.output === '') throw new UsageError('--output must be a folder, got "".');
	return {
		urls,
		lists,
		output: values.output,
		segments: wholeNumber('segments', values.segments, 1, MAX_CONNECTIONS),
		parallel: wholeNumber('parallel', values.parallel, 1, MAX_CONNECTIONS),
		bytesPerSecond: rate(values['limit-rate']),
		sha256: values.sha256,
		checksums: values.checksums,
		headers: parseHeaders(values.header),
		retries: wholeNumber('retries', values.retries, 0, Number.MAX_SAFE_INTEGER),
		timeoutMs: number('timeout', values.timeout, 0.001, MAX_TIMEOUT) * 1_000,
		overwrite: overwrite(values.overwrite),
		json: values.json,
		quiet: values.quiet,
	};
}

function parse(args: string[]) {
	try {
		return parseArgs({ args, allowPositionals: true, options: OPTIONS });
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const unknown = /Unknown option '--?([^']+)'/.exec(message)?.[1];
		if (unknown === undefined) throw new UsageError(message.replaceAll(/\s+/g, ' '));
		const near = closeName(unknown, Object.keys(OPTIONS));
		const guess = near === undefined ? '.' : `: did you mean --${near}?`;
		const dashes = unknown.length === 1 ? '-' : '--';
		throw new UsageError(`There is no option ${dashes}${unknown}${guess} --help lists them all.`);
	}
}

function number(name: string, text: string, least: number, most: number): number {
	const value = text.trim() === '' ? Number.NaN : Number(text);
	if (value >= least && value <= most) return value;
	const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${Math.floor(most)}`;
	throw new UsageError(`--${name} must be a number ${range}, got "${text}".`);
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
	const value = number(name, text, least, most);
	if (Number.isInteger(value)) return value;
	throw new UsageError(`--${name} must be a whole number, got "${text}".`);
}

function rate(text: string | undefined): number {
	if (text === undefined) return Number.POSITIVE_INFINITY;
	const value = parseByteRate(text);
	if (value !== undefined) return value;
	throw new UsageError(`--limit-rate must be bytes a second, such as 500K, 2M or 1.5G, got "${text}".`);
}

function overwrite(text: string): Overwrite {
	if (text === 'error' || text === 'replace' || text === 'skip') return text;
	throw new UsageError(`--overwrite must be error, replace or skip, got "${text}".`);
}

/** `--retries -1` means the value -1, which is refused with its reason, and not an option that is called 1. */
function joinNegatives(argv: string[]): string[] {
	const joined: string[] = [];
	for (const argument of argv) {
		const before = joined.at(-1) ?? '';
		if (/^-\d/.test(argument) && /^--[^=]+$/.test(before)) joined[joined.length - 1] = `${before}=${argument}`;
		else joined.push(argument);
	}
	return joined;
}
