import { parseArgs } from 'node:util';

/** What to crawl and how. */
export interface Settings {
	readonly urls: string[];
	readonly storage: string;
	readonly maxPages: number | undefined;
	readonly maxDepth: number | undefined;
	readonly perDomain: number | undefined;
	readonly delaySecs: number | undefined;
	readonly userAgent: string | undefined;
	readonly ignoreRobots: boolean;
}

export const USAGE = `npm run crawl -- <url…> [options]

Crawls the sites of the given addresses, one row for each page, and reports broken links.
Run it again to go on where it stopped.

  --max-pages <n>      stop after so many pages in this run
  --max-depth <n>      follow links so deep; 0 fetches only the given addresses
  --per-domain <n>     requests in flight at once for one domain (8)
  --delay <seconds>    the least time between two requests to one domain (0)
  --storage <file>     where to keep the crawl (storage/<host>.sqlite)
  --user-agent <name>  how to introduce yourself; put a contact here
  --ignore-robots      for your own sites: do not ask robots.txt
  --help               this text`;

/** A command line that cannot be used. */
export class UsageError extends Error {}

const OPTIONS = {
	'max-pages': { type: 'string' },
	'max-depth': { type: 'string' },
	'per-domain': { type: 'string' },
	delay: { type: 'string' },
	storage: { type: 'string' },
	'user-agent': { type: 'string' },
	'ignore-robots': { type: 'boolean', default: false },
	help: { type: 'boolean', default: false },
} as const;

/**
 * Reads the command line; undefined when help is asked for.
 *
 * @throws UsageError in one sentence for what cannot be used.
 */
export function readArguments(argv: string[]): Settings | undefined {
	const { values, positionals: urls } = parse(joinNegatives(argv));
	if (values.help) return undefined;
	if (urls.length === 0) {
		throw new UsageError(
			'Which site? Give an address: npm run crawl -- https://example.com/ (--help lists the options).',
		);
	}
	const wrong = urls.find((url) => !/^https?:$/.test(URL.parse(url)?.protocol ?? ''));
	if (wrong !== undefined) {
		throw new UsageError(
			`"${wrong}" is not a URL that can be crawled; give an absolute one, such as "https://example.com/".`,
		);
	}
	return {
		urls,
		storage: values.storage ?? `storage/${fileName(urls[0] as string)}.sqlite`,
		maxPages: wholeNumber('max-pages', values['max-pages'], 1),
		maxDepth: wholeNumber('max-depth', values['max-depth'], 0),
		perDomain: wholeNumber('per-domain', values['per-domain'], 1),
		delaySecs: number('delay', values.delay, 0),
		userAgent: values['user-agent'],
		ignoreRobots: values['ignore-robots'],
	};
}

function parse(args: string[]) {
	try {
		return parseArgs({ args, allowPositionals: true, options: OPTIONS });
	} catch (error) {
		const unknown = /Unknown option '([^']+)'/.exec(String(error))?.[1];
		if (unknown === undefined) throw new UsageError(error instanceof Error ? error.message : String(error));
		const names = Object.keys(OPTIONS).map((name) => `--${name}`);
		throw new UsageError(`There is no option ${unknown}; the options are ${names.join(', ')}.`);
	}
}

function number(name: string, text: string | undefined, least: number): number | undefined {
	if (text === undefined) return undefined;
	const value = text.trim() === '' ? Number.NaN : Number(text);
	if (!(value >= least)) throw new UsageError(`--${name} must be a number of at least ${least}, got "${text}".`);
	return value;
}

function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
	const value = number(name, text, least);
	if (value === undefined || Number.isInteger(value)) return value;
	throw new UsageError(`--${name} must be a whole number, got "${text}".`);
}

/** `--delay -1` means the value -1, which is refused with its reason, and not an option that is called 1. */
function joinNegatives(argv: string[]): string[] {
	const joined: string[] = [];
	for (const argument of argv) {
		const before = joined.at(-1) ?? '';
		if (/^-\d/.test(argument) && /^--[^=]+$/.test(before)) joined[joined.length - 1] = `${before}=${argument}`;
		else joined.push(argument);
	}
	return joined;
}

/** The host of the first address, with what no file name may hold replaced. */
function fileName(url: string): string {
	const host = URL.parse(url)?.host ?? 'crawl';
	return host.replace(/[^\w.-]+/g, '-') || 'crawl';
}
