import { Command, CommanderError, Option } from 'commander';
import type { CommandSpec } from '../spec/command-spec.ts';
import { nearest } from '../spec/nearest.ts';
import type { OptionSpec } from '../spec/option-spec.ts';
import { UsageError } from '../usage-error.ts';
import { ABOUT, COMMON_OPTIONS, EXIT_CODES, examplesText } from './help-texts.ts';

/** What a command line asks for. */
export type Parsed =
	| { readonly kind: 'help'; readonly text: string }
	| { readonly kind: 'none'; readonly text: string }
	| {
			readonly kind: 'command';
			readonly command: CommandSpec;
			readonly args: readonly string[];
			/** By their names with dashes, as they were given. */
			readonly flags: Readonly<Record<string, unknown>>;
	  };

/** What is told of the process to the parser. */
export interface ParseContext {
	readonly version: string;
	/** Of the terminal that shows the help. */
	readonly columns: number;
}

/**
 * Reads a command line.
 *
 * @param argv without Node and the script.
 * @throws UsageError in one sentence, with the nearest right name for one that is misspelt.
 */
export async function parseCommandLine(
	argv: readonly string[],
	commands: readonly CommandSpec[],
	context: ParseContext,
): Promise<Parsed> {
	let found: Parsed | undefined;
	let text = '';
	const program = withOutput(new Command('orbweaver'), context, (piece) => {
		text += piece;
	});
	program.description(ABOUT).version(context.version, '--version', 'show the version').usage('<command> [options]');
	program.enablePositionalOptions();
	program.helpOption('-h, --help', 'show this help').helpCommand('help [command]', 'show the help of a command');
	for (const spec of commands) {
		program.addCommand(
			commandOf(spec, program, (args, flags) => {
				found = { kind: 'command', command: spec, args, flags };
			}),
		);
	}
	program.addHelpText(
		'after',
		`\n${EXIT_CODES}\n\norbweaver <command> --help shows the options of a command, with examples.`,
	);
	if (argv.length === 0) {
		program.outputHelp();
		return { kind: 'none', text };
	}
	try {
		// Commander looks for a sub-command to run only where one is named; anything else is a name that is misspelt.
		await program.parseAsync([...argv], { from: 'user' });
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) return { kind: 'help', text };
		throw await usageError(error, argv, commands);
	}
	if (found === undefined) program.outputHelp();
	return found ?? { kind: 'none', text };
}

function withOutput(command: Command, { columns }: ParseContext, write: (text: string) => void): Command {
	return command
		.exitOverride()
		.configureOutput({
			writeOut: write,
			writeErr: () => {},
			getOutHelpWidth: () => columns,
			getErrHelpWidth: () => columns,
		})
		.configureHelp({ subcommandTerm: termOf });
}

/** Every command has options: that needs no saying. */
function termOf(command: Command): string {
	const args = command.registeredArguments.map((argument) => {
		const name = `${argument.name()}${argument.variadic ? '…' : ''}`;
		return argument.required ? ` <${name}>` : ` [${name}]`;
	});
	return `${command.name()}${args.join('')}`;
}

function commandOf(
	spec: CommandSpec,
	program: Command,
	act: (args: string[], flags: Record<string, unknown>) => void,
): Command {
	const command = new Command(spec.name).summary(spec.summary).description(descriptionOf(spec));
	command.helpOption('-h, --help', 'show this help').allowExcessArguments(false);
	for (const { name, help, isOptional = false, isList = false } of spec.args) {
		const inner = isList ? `${name}...` : name;
		command.argument(isOptional ? `[${inner}]` : `<${inner}>`, help);
	}
	for (const option of [...spec.options, ...COMMON_OPTIONS]) command.addOption(optionOf(option));
	if (spec.passesOptions) command.passThroughOptions().allowUnknownOption();
	command.addHelpText('after', examplesText(spec));
	command.action((...parts: unknown[]) => {
		const args = parts
			.slice(0, spec.args.length)
			.flatMap((part) => (part === undefined ? [] : (part as string | string[])));
		act(args, flagsOf(command));
	});
	return command.copyInheritedSettings(program);
}

function optionOf({ name, kind, value = 'value', help }: OptionSpec): Option {
	const option = new Option(kind.type === 'flag' ? `--${name}` : `--${name} <${value}>`, help);
	if (kind.type === 'list') {
		option.argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]);
	}
	return option;
}

function flagsOf(command: Command): Record<string, unknown> {
	return Object.fromEntries(
		command.options.map((option) => [
			option.long?.replace(/^--/, '') ?? option.name(),
			command.getOptionValue(option.attributeName()),
		]),
	);
}

function descriptionOf({ summary, details }: CommandSpec): string {
	return details === undefined ? `${summary}.` : `${summary}.\n\n${details}`;
}

/** The error of the parser in one sentence. */
async function usageError(
	error: CommanderError,
	argv: readonly string[],
	commands: readonly CommandSpec[],
): Promise<UsageError> {
	const spec = commands.find(({ name }) => name === argv[0]);
	const help = spec === undefined ? 'orbweaver --help' : `orbweaver ${spec.name} --help`;
	const quoted = /'([^']+)'/.exec(error.message)?.[1] ?? '';
	switch (error.code) {
		case 'commander.unknownCommand':
		case 'commander.excessArguments':
			if (spec === undefined) {
				const guess = await nearest(
					argv[0] ?? '',
					commands.map(({ name }) => name),
				);
				const hint = guess === undefined ? '' : `: did you mean "${guess}"?`;
				return new UsageError(`There is no command "${argv[0]}"${hint === '' ? '.' : hint} ${help} lists them all.`);
			}
			return new UsageError(`orbweaver ${spec.name} was given too much; ${help} shows what it takes.`);
		case 'commander.unknownOption': {
			const known = [...(spec?.options ?? []), ...COMMON_OPTIONS].map(({ name }) => name);
			const guess = await nearest(quoted.replace(/^-+/, '').replace(/=.*/s, ''), [...known, 'help', 'version']);
			const hint = guess === undefined ? '.' : `: did you mean --${guess}?`;
			return new UsageError(`There is no option ${quoted.replace(/=.*/s, '')}${hint} ${help} lists them all.`);
		}
		case 'commander.optionMissingArgument': {
			const name = quoted.replace(/^--/, '').replace(/ .*/s, '');
			const option = spec?.options.find((candidate) => candidate.name === name);
			return new UsageError(
				`--${name} needs a value, such as --${name} ${option?.example ?? option?.value ?? 'value'}.`,
			);
		}
		case 'commander.missingArgument':
			return new UsageError(`Which ${quoted}? For example: orbweaver ${spec?.examples[0] ?? ''} (${help} tells more).`);
		default:
			return new UsageError(`${error.message.replace(/^error: /, '').replaceAll(/\s+/g, ' ')}; ${help} tells more.`);
	}
}
