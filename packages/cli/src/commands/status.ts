import type { CommandSpec } from '../spec/command-spec.ts';
import { JSON_SUMMARY, REPORT, STORAGE } from './shared-options.ts';

export const STATUS: CommandSpec = {
	name: 'status',
	summary: 'Show how far a crawl is, also while it runs',
	args: [],
	options: [STORAGE, REPORT, JSON_SUMMARY],
	examples: ['status', 'status --storage storage/example.com.sqlite --report report.html'],
	load: async () => (await import('../inspect/status-action.ts')).status,
};
