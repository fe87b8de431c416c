import type { HttpClient } from '@orbweaver/http';
import type { NormalizeRules } from '@orbweaver/parser';
import type { Log } from '../crawlee.ts';
import { InvalidOptionError } from '../errors.ts';
import type { DomainLimitsOptions } from '../lanes/domain-limits.ts';
import { requireKnown } from '../require-known.ts';
import type { RetryOptions } from '../retry/retry.ts';
import type { CrawlStore } from '../store/crawl-store.ts';

/** What a queue can be told. */
export interface RequestQueueOptions {
	/** The path of the storage file, or `':memory:'`. Default `'storage/default.sqlite'`. */
	readonly storage?: string;
	/** A store that is open already; it stays open when the queue is closed. */
	readonly store?: CrawlStore;
	/** How domains are treated. Default: eight requests at a time, no spacing. */
	readonly domainLimits?: DomainLimitsOptions;
	/** Which addresses are the same page. Default: those that differ only in the order of parameters or in tracking ones. */
	readonly urlRules?: NormalizeRules;
	/** When failed requests come back. */
	readonly retry?: RetryOptions;
	/** Whether robots.txt is kept to; an object names the user agent to look for. Default true. */
	readonly respectRobotsTxtFile?: boolean | { readonly userAgent?: string };
	/** What robots.txt is fetched as. Default: Orbweaver's own name. */
	readonly userAgent?: string;
	/** A client for robots.txt; it stays open when the queue is closed. Default: one of the queue's own. */
	readonly httpClient?: HttpClient;
	/** The longest crawl-delay that is kept to, in seconds. Default 300. */
	readonly maxCrawlDelaySecs?: number;
	/** How many domains may be on their way at once; the others wait in the store. Default 2,000. */
	readonly maxActiveDomains?: number;
	/** Called for each request that is skipped, after that was stored. */
	readonly onSkippedRequest?: (skipped: { url: string; reason: 'robotsTxt' }) => void;
	readonly log?: Log;
}

const NAMES: readonly (keyof RequestQueueOptions)[] = [
	'storage',
	'store',
	'domainLimits',
	'urlRules',
	'retry',
	'respectRobotsTxtFile',
	'userAgent',
	'httpClient',
	'maxCrawlDelaySecs',
	'maxActiveDomains',
	'onSkippedRequest',
	'log',
];

/** The least value of each option that is a number. */
const LEAST = { maxCrawlDelaySecs: 0, maxActiveDomains: 1 } as const;

/** @throws InvalidOptionError for what cannot be, named by its path and value. */
export function checkQueueOptions(options: RequestQueueOptions): void {
	if (typeof options !== 'object' || options === null) {
		throw new InvalidOptionError(
			`A RequestQueue is opened with options such as { storage: 'storage/mine.sqlite' }, got ${JSON.stringify(options)}.`,
		);
	}
	requireKnown('RequestQueue', options, NAMES);
	const retry = Object.entries(options.retry ?? {}).map(([name, value]) => [`retry.${name}`, value, 0] as const);
	const own = Object.entries(LEAST).map(([name, least]) => [name, options[name as keyof typeof LEAST], least] as const);
	for (const [path, value, least] of [...retry, ...own]) {
		if (value === undefined || (typeof value === 'number' && value >= least)) continue;
		throw new InvalidOptionError(`${path} must be a number of at least ${least}, got ${String(value)}.`);
	}
	// A control character would break the header of every request for a robots.txt.
	if (options.userAgent !== undefined && !/^[\t\x20-\x7e\x80-\xff]+$/.test(options.userAgent)) {
		throw new InvalidOptionError(
			`userAgent must be the text of a header line, got ${JSON.stringify(options.userAgent)}.`,
		);
	}
	if (options.store !== undefined && options.storage !== undefined) {
		throw new InvalidOptionError('storage and store cannot both be given; a store is open already, storage is a path.');
	}
}
