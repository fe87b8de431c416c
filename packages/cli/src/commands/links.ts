import type { CommandSpec } from '../spec/command-spec.ts';
import { HEADER, JSON_SUMMARY, USER_AGENT } from './shared-options.ts';

export const LINKS: CommandSpec = {
	name: 'links',
	summary: 'List the links of a page or of an HTML file',
	args: [{ name: 'source', help: 'an address, or an HTML file' }],
	options: [
		{
			name: 'base',
			kind: { type: 'text' },
			value: 'url',
			help: 'what relative links of a file are relative to',
			example: 'https://example.com/',
		},
		{ name: 'selector', kind: { type: 'text' }, value: 'css', help: 'only elements that match', example: "'a.next'" },
		{ name: 'all', kind: { type: 'flag' }, help: 'pictures, scripts, styles and all else that is linked, too' },
		HEADER,
		USER_AGENT,
		{ ...JSON_SUMMARY, help: 'the links with their texts, as JSON' },
	],
	examples: ['links https://example.com/', 'links page.html --base https://example.com/ --all'],
	load: async () => (await import('../links/links-action.ts')).links,
};
