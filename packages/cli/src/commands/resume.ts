import type { CommandSpec } from '../spec/command-spec.ts';
import { PACE_OPTIONS, RUN_OPTIONS } from './crawl-options.ts';
import { STORAGE } from './shared-options.ts';

export const RESUME: CommandSpec = {
	name: 'resume',
	summary: 'Go on with a crawl that was stopped',
	details: 'Goes on as the crawl was begun: what its pages are is kept in its storage. --max-pages counts anew.',
	args: [],
	options: [STORAGE, ...PACE_OPTIONS, ...RUN_OPTIONS],
	examples: ['resume', 'resume --storage storage/example.com.sqlite --delay 2'],
	load: async () => (await import('../crawl/resume-action.ts')).resume,
};
