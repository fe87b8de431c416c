import type { CommandSpec } from '../spec/command-spec.ts';
import { JSON_SUMMARY, STORAGE } from './shared-options.ts';

export const HISTORY: CommandSpec = {
	name: 'history',
	summary: 'Tell why a page was crawled, how often it was tried, and what came of it',
	args: [{ name: 'url', help: 'the address of a page' }],
	options: [STORAGE, JSON_SUMMARY],
	examples: ['history https://example.com/about'],
	load: async () => (await import('../inspect/history-action.ts')).history,
};
