import type { CommandSpec } from '../spec/command-spec.ts';
import { JSON_SUMMARY } from './shared-options.ts';

export const DOCTOR: CommandSpec = {
	name: 'doctor',
	summary: 'Look whether this machine has what a crawl needs',
	details: 'Each line is ok, a warning or a problem with the way out. Exit code 1 when there is a problem.',
	args: [],
	options: [
		{
			name: 'folder',
			kind: { type: 'text' },
			value: 'folder',
			help: 'where crawls are kept (storage)',
			example: 'storage',
		},
		JSON_SUMMARY,
	],
	examples: ['doctor'],
	load: async () => (await import('../doctor/doctor-action.ts')).doctor,
};
