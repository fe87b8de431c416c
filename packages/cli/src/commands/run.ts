import type { CommandSpec } from '../spec/command-spec.ts';

export const RUN: CommandSpec = {
	name: 'run',
	summary: 'Run a crawl script, TypeScript as it is',
	details: 'What follows the script is given to it. Its exit code is that of the script.',
	args: [
		{ name: 'script', help: 'the file of the script' },
		{ name: 'arguments', help: 'what the script is given', isOptional: true, isList: true },
	],
	options: [],
	examples: ['run src/main.ts'],
	passesOptions: true,
	load: async () => (await import('../run/run-action.ts')).run,
};
