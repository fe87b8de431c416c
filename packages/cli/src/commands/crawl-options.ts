import type { OptionSpec } from '../spec/option-spec.ts';
import { ALLOWED_FAILURES, FORMAT, HEADER, JSON_SUMMARY, OUTPUT, QUIET, REPORT, USER_AGENT } from './shared-options.ts';

const MONITOR: OptionSpec = {
	name: 'monitor',
	kind: { type: 'flag' },
	help: 'watch the crawl in a browser; the address is shown',
};

/** How a crawl is run: these may be changed each time that it goes on. */
export const PACE_OPTIONS: readonly OptionSpec[] = [
	{
		name: 'max-pages',
		kind: { type: 'number', least: 1, whole: true },
		value: 'n',
		help: 'stop after so many pages in this run',
		example: '100',
	},
	{
		name: 'concurrency',
		kind: { type: 'number', least: 1, most: 1_000, whole: true },
		value: 'n',
		help: 'pages at once, over all domains (64)',
		example: '20',
	},
	{
		name: 'per-domain',
		kind: { type: 'number', least: 1, most: 1_000, whole: true },
		value: 'n',
		help: 'pages at once of one domain (8)',
		example: '2',
	},
	{
		name: 'delay',
		kind: { type: 'number', least: 0 },
		value: 'seconds',
		help: 'the least time between two requests to one domain (0)',
		example: '1.5',
	},
];

/** What a run leaves behind, and what it shows. */
export const RUN_OPTIONS: readonly OptionSpec[] = [
	OUTPUT,
	FORMAT,
	REPORT,
	ALLOWED_FAILURES,
	MONITOR,
	JSON_SUMMARY,
	QUIET,
];

/** Which pages belong to a crawl, and how they are asked for. They are kept in its storage. */
export const CRAWL_OPTIONS: readonly OptionSpec[] = [
	{
		name: 'max-depth',
		kind: { type: 'number', least: 0, whole: true },
		value: 'n',
		help: 'follow links so deep; 0 fetches only the given addresses',
		example: '3',
	},
	{
		name: 'include',
		kind: { type: 'list' },
		value: 'glob',
		help: 'follow only links that match; may be repeated',
		example: "'https://example.com/blog/**'",
	},
	{
		name: 'exclude',
		kind: { type: 'list' },
		value: 'glob',
		help: 'follow no links that match; may be repeated',
		example: "'**/login*'",
	},
	{
		name: 'same',
		kind: { type: 'choice', choices: ['origin', 'hostname', 'domain', 'all'] },
		value: 'what',
		help: 'how far links may lead: origin, hostname, domain (with its subdomains) or all (hostname)',
		example: 'domain',
	},
	{ name: 'ignore-robots', kind: { type: 'flag' }, help: 'for your own sites: do not ask robots.txt' },
	USER_AGENT,
	HEADER,
	{
		name: 'select',
		kind: { type: 'list' },
		value: 'name=css[@attr]',
		help: 'a column of the rows: the text of the first element, or its attribute; may be repeated',
		example: "price='.product .price'",
	},
	{ name: 'sitemap', kind: { type: 'flag' }, help: 'begin with the pages of the sitemaps, too' },
];
