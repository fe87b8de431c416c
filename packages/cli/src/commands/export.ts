import type { CommandSpec } from '../spec/command-spec.ts';
import { FORMAT, JSON_SUMMARY, QUIET, STORAGE } from './shared-options.ts';

export const EXPORT: CommandSpec = {
	name: 'export',
	summary: 'Write the rows of a crawl to a file, also while it runs',
	args: [{ name: 'file', help: 'products.csv, .json, .jsonl or .parquet; - is standard output' }],
	options: [
		STORAGE,
		FORMAT,
		{ name: 'dataset', kind: { type: 'text' }, value: 'name', help: 'which list of rows (default)', example: 'pages' },
		{
			name: 'label',
			kind: { type: 'text' },
			value: 'label',
			help: 'only rows of pages with this label',
			example: 'product',
		},
		{
			name: 'since',
			kind: { type: 'text' },
			value: 'time',
			help: 'only rows stored at this time or later: 2026-01-31 or 2026-01-31T12:00 (UTC)',
			example: '2026-01-31',
		},
		{
			name: 'until',
			kind: { type: 'text' },
			value: 'time',
			help: 'only rows stored before this time',
			example: '2026-02-01',
		},
		{ name: 'rejected', kind: { type: 'flag' }, help: 'the rows that did not fit their schema, with the reason' },
		JSON_SUMMARY,
		QUIET,
	],
	examples: ['export products.csv', 'export - --format jsonl --storage storage/example.com.sqlite'],
	load: async () => (await import('../inspect/export-action.ts')).exportRows,
};
