import { readFileSync } from 'node:fs';
import { COMMON_OPTIONS } from './command-line/help-texts.ts';
import { parseCommandLine } from './command-line/parse-command-line.ts';
import { COMMANDS } from './commands/all.ts';
import { EXIT_OK, EXIT_USAGE } from './exit-code.ts';
import { reportError } from './report-error.ts';
import { checkSettings } from './settings/check-settings.ts';
import { findSettings } from './settings/find-settings.ts';
import { resolveOptions } from './spec/resolve-options.ts';

/** Runs a command line, and answers the exit code. Nothing is thrown. */
export async function runCli(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
	let isVerbose = argv.includes('--verbose');
	try {
		const parsed = await parseCommandLine(argv, COMMANDS, {
			version: version(),
			columns: process.stdout.columns || 100,
		});
		if (parsed.kind === 'help') {
			process.stdout.write(parsed.text);
			return EXIT_OK;
		}
		if (parsed.kind === 'none') {
			process.stderr.write(parsed.text);
			return EXIT_USAGE;
		}
		const { command, args, flags } = parsed;
		const { config } = flags;
		const settings = await findSettings(process.cwd(), typeof config === 'string' ? config : env.ORBWEAVER_CONFIG);
		if (settings !== undefined) await checkSettings(settings, COMMANDS);
		const common = COMMON_OPTIONS.filter(({ name }) => name !== 'config');
		const withCommon = { name: command.name, options: [...command.options, ...common] };
		const options = resolveOptions(withCommon, { flags, env, settings });
		isVerbose = options.flag('verbose');
		const act = await command.load();
		return await act({ args, options, env });
	} catch (error) {
		const { text, exitCode } = reportError(error, isVerbose);
		process.stderr.write(`${text}\n`);
		return exitCode;
	}
}

function version(): string {
	const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
	return (JSON.parse(manifest) as { version: string }).version;
}
