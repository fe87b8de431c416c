import type { CommandSpec } from '../spec/command-spec.ts';
import { BEARER, HEADER, JSON_SUMMARY, QUIET, USER_AGENT } from './shared-options.ts';

export const DOWNLOAD: CommandSpec = {
	name: 'download',
	summary: 'Download files, several at once and each in parts; what was stopped goes on',
	args: [{ name: 'url', help: 'the address of a file', isList: true }],
	options: [
		{
			name: 'output',
			kind: { type: 'text' },
			value: 'folder',
			help: 'where to put the files (the current folder)',
			example: 'downloads',
		},
		{
			name: 'segments',
			kind: { type: 'number', least: 1, most: 64, whole: true },
			value: 'n',
			help: 'parts of one file that come at once, where the server allows it (4)',
			example: '8',
		},
		{
			name: 'parallel',
			kind: { type: 'number', least: 1, most: 64, whole: true },
			value: 'n',
			help: 'files that come at once (3)',
			example: '5',
		},
		{
			name: 'sha256',
			kind: { type: 'text' },
			value: 'hex',
			help: 'what the SHA-256 of the only file must be',
			example: '9f86d081…',
		},
		{
			name: 'overwrite',
			kind: { type: 'choice', choices: ['error', 'replace', 'skip'] },
			value: 'what',
			help: 'when another file has the name: error; replace it; skip it if it is the same (skip)',
			example: 'replace',
		},
		HEADER,
		BEARER,
		USER_AGENT,
		JSON_SUMMARY,
		QUIET,
	],
	examples: [
		'download https://example.com/disk.iso',
		'download https://example.com/a.zip https://example.com/b.zip --output downloads --parallel 2',
	],
	load: async () => (await import('../download/download-action.ts')).download,
};
