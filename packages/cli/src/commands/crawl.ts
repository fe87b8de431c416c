import type { CommandSpec } from '../spec/command-spec.ts';
import { CRAWL_OPTIONS, PACE_OPTIONS, RUN_OPTIONS } from './crawl-options.ts';
import { STORAGE } from './shared-options.ts';

export const CRAWL: CommandSpec = {
	name: 'crawl',
	summary: 'Crawl sites, one row for each page',
	details:
		'Stays on the hosts of the given addresses and keeps to their robots.txt. Run it again, or "orbweaver resume", to go on where it stopped. Without --select, a row holds the facts of a page: address, status, type, size, depth and time.',
	args: [{ name: 'url', help: 'where to begin', isList: true }],
	options: [
		...PACE_OPTIONS,
		...CRAWL_OPTIONS,
		{ ...STORAGE, help: 'where to keep the crawl (storage/<host>.sqlite)' },
		...RUN_OPTIONS,
	],
	examples: [
		'crawl https://example.com/ --max-pages 100',
		'crawl https://example.com/ --delay 1 --output pages.csv --report report.html',
		"crawl https://example.com/ --include '**/p/*' --select name=h1 --select price='.product .price' --output products.jsonl",
	],
	load: async () => (await import('../crawl/crawl-action.ts')).crawl,
};
