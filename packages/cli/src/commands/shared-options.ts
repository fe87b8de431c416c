import type { OptionSpec } from '../spec/option-spec.ts';

/** Options that several commands have. */
export const STORAGE: OptionSpec = {
	name: 'storage',
	kind: { type: 'text' },
	value: 'file',
	help: 'the file of the crawl (default: the newest storage/*.sqlite)',
	example: 'storage/example.com.sqlite',
};

export const JSON_SUMMARY: OptionSpec = {
	name: 'json',
	kind: { type: 'flag' },
	help: 'one JSON summary on standard output, all else on standard error',
};

export const QUIET: OptionSpec = { name: 'quiet', kind: { type: 'flag' }, help: 'neither progress nor summary' };

export const USER_AGENT: OptionSpec = {
	name: 'user-agent',
	kind: { type: 'text' },
	value: 'name',
	help: 'how to introduce yourself; put a contact here',
	example: "'ShopBot/1.0 (bot@example.com)'",
};

export const HEADER: OptionSpec = {
	name: 'header',
	kind: { type: 'list' },
	value: 'header',
	help: "sent along: 'Name: value'; may be repeated (variable: one a line)",
	example: "'Accept-Language: de'",
	isSecret: true,
};

export const REPORT: OptionSpec = {
	name: 'report',
	kind: { type: 'text' },
	value: 'file',
	help: 'write a report of the crawl, one HTML file',
	example: 'report.html',
};

export const BEARER: OptionSpec = {
	name: 'bearer',
	kind: { type: 'text' },
	value: 'token',
	help: 'sent as "Authorization: Bearer …"; better in the variable ORBWEAVER_BEARER, as others can read a command line',
	example: '"$TOKEN"',
	isSecret: true,
};

export const OUTPUT: OptionSpec = {
	name: 'output',
	kind: { type: 'text' },
	value: 'file',
	help: 'write the rows to a file at the end: .csv, .json, .jsonl or .parquet',
	example: 'pages.csv',
};

export const FORMAT: OptionSpec = {
	name: 'format',
	kind: { type: 'choice', choices: ['csv', 'json', 'jsonl', 'parquet'] },
	value: 'format',
	help: 'csv, json, jsonl or parquet, where the name of the file does not say it',
	example: 'csv',
};

export const ALLOWED_FAILURES: OptionSpec = {
	name: 'allowed-failures',
	kind: { type: 'share' },
	value: 'share',
	help: 'exit code 1 only when more than this share of the pages failed (5%)',
	example: '10%',
};
