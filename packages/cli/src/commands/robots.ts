import type { CommandSpec } from '../spec/command-spec.ts';
import { JSON_SUMMARY, USER_AGENT } from './shared-options.ts';

export const ROBOTS: CommandSpec = {
	name: 'robots',
	summary: 'Tell whether robots.txt allows an address, and by which rule',
	details: 'Exit code 0 when it is allowed, 1 when it is not.',
	args: [{ name: 'url', help: 'the address that somebody wants to fetch' }],
	options: [{ ...USER_AGENT, help: 'the crawler that asks (Orbweaver)' }, JSON_SUMMARY],
	examples: ['robots https://example.com/admin/', 'robots https://example.com/admin/ --user-agent GoodBot'],
	load: async () => (await import('../robots/robots-action.ts')).robots,
};
