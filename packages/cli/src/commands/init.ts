import type { CommandSpec } from '../spec/command-spec.ts';
import { QUIET } from './shared-options.ts';

export const INIT: CommandSpec = {
	name: 'init',
	summary: 'Begin a crawl project: a script that runs, its package.json and a README',
	details: 'With --app it is a package of a pnpm workspace that has Orbweaver in it, below apps/.',
	args: [
		{ name: 'dir', help: 'the folder of the project (the current one), or the name of the app', isOptional: true },
	],
	options: [{ name: 'app', kind: { type: 'flag' }, help: 'make a package in the workspace' }, QUIET],
	examples: ['init my-crawl', 'init my-shop --app'],
	load: async () => (await import('../init/init-action.ts')).init,
};
