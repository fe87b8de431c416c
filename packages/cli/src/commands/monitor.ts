import type { CommandSpec } from '../spec/command-spec.ts';
import { QUIET } from './shared-options.ts';

export const MONITOR: CommandSpec = {
	name: 'monitor',
	summary: 'Open a page that shows logs and crawls live, until Ctrl-C',
	details:
		'Follows log files, and takes what crawls publish to it. Without a token, every program of this machine may look and command; any other address than loopback needs one.',
	args: [],
	options: [
		{
			name: 'port',
			kind: { type: 'number', least: 0, most: 65_535, whole: true },
			value: 'n',
			help: 'where to listen (any that is free)',
			example: '7373',
		},
		{ name: 'host', kind: { type: 'text' }, value: 'address', help: 'where to listen (127.0.0.1)', example: '0.0.0.0' },
		{
			name: 'token',
			kind: { type: 'text' },
			value: 'token',
			help: 'what watchers must show; better in the variable ORBWEAVER_TOKEN, as others can read a command line',
			example: '"$TOKEN"',
			isSecret: true,
		},
		{
			name: 'tail',
			kind: { type: 'list' },
			value: 'file',
			help: 'a log file to follow, or a glob; may be repeated',
			example: "'/var/log/*.log'",
		},
		QUIET,
	],
	examples: ["monitor --tail '/var/log/*.log'", 'monitor --port 7373'],
	load: async () => (await import('../monitor/monitor-action.ts')).monitor,
};
