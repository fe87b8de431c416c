import type { CommandSpec } from '../spec/command-spec.ts';
import { PACE_OPTIONS, RUN_OPTIONS } from './crawl-options.ts';
import { STORAGE } from './shared-options.ts';

export const RETRY_FAILED: CommandSpec = {
	name: 'retry-failed',
	summary: 'Try the pages again that failed',
	details:
		'Makes them wait again, with all their tries before them, and goes on with the crawl. The crawl of a script is only made ready: run the script again.',
	args: [],
	options: [STORAGE, ...PACE_OPTIONS, ...RUN_OPTIONS],
	examples: ['retry-failed', 'retry-failed --storage storage/example.com.sqlite --per-domain 1'],
	load: async () => (await import('../crawl/retry-failed-action.ts')).retryFailed,
};
