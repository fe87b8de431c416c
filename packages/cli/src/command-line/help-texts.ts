import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionSpec } from '../spec/option-spec.ts';

export const ABOUT = `Crawls web sites politely into one SQLite file, and looks at what is in it.
A crawl that was stopped, by Ctrl-C or by a power cut, goes on where it was.`;

export const EXIT_CODES = `Exit codes: 0 all well, 1 more failures than allowed, 2 wrong use,
130 stopped by Ctrl-C and 143 by SIGTERM: "orbweaver resume" goes on.`;

/** What every command understands. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
	{
		name: 'config',
		kind: { type: 'text' },
		value: 'file',
		help: 'a settings file (orbweaver.config.ts, .js or .json, or "orbweaver" in package.json)',
		example: 'orbweaver.config.json',
	},
	{ name: 'verbose', kind: { type: 'flag' }, help: 'show where in the code an error came from, and the log' },
];

/** The examples of a command, to stand below its options. */
export function examplesText({ examples }: CommandSpec): string {
	const title = examples.length === 1 ? 'Example:' : 'Examples:';
	return `\n${title}\n${examples.map((example) => `  orbweaver ${example}`).join('\n')}`;
}
