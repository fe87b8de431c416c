import { UsageError } from '../usage-error.ts';
import type { CommandSpec } from './command-spec.ts';
import { type OptionSpec, type OptionValue, settingName, variableName } from './option-spec.ts';
import { OptionValues } from './option-values.ts';
import { readValue } from './read-value.ts';

/** What a settings file holds. */
export interface Settings {
	/** Its path, for messages. */
	readonly path: string;
	readonly values: Readonly<Record<string, unknown>>;
}

/** Where options come from: a flag goes before a variable, and that before the settings file. */
export interface OptionSources {
	readonly flags: Readonly<Record<string, unknown>>;
	readonly env: NodeJS.ProcessEnv;
	readonly settings?: Settings | undefined;
}

/**
 * The options of a command, each from the first source that has it.
 *
 * @throws UsageError for a value that an option cannot have, and a secret in a settings file.
 */
export function resolveOptions(
	command: Pick<CommandSpec, 'name' | 'options'>,
	{ flags, env, settings }: OptionSources,
): OptionValues {
	const values = new Map<string, OptionValue>();
	for (const spec of command.options) {
		const found = fromFlag(spec, flags) ?? fromVariable(spec, env) ?? fromSettings(spec, command.name, settings);
		if (found !== undefined) values.set(spec.name, readValue(spec, found.given, found.where));
	}
	return new OptionValues(values);
}

interface Found {
	readonly given: unknown;
	readonly where: string;
}

function fromFlag({ name }: OptionSpec, flags: OptionSources['flags']): Found | undefined {
	const given = flags[name];
	return given === undefined ? undefined : { given, where: `--${name}` };
}

function fromVariable({ name }: OptionSpec, env: NodeJS.ProcessEnv): Found | undefined {
	const given = env[variableName(name)];
	return given === undefined || given === '' ? undefined : { given, where: `The variable ${variableName(name)}` };
}

function fromSettings(spec: OptionSpec, command: string, settings: Settings | undefined): Found | undefined {
	if (settings === undefined) return undefined;
	const name = settingName(spec.name);
	const own = settings.values[command];
	const given = isObject(own) && own[name] !== undefined ? own[name] : settings.values[name];
	// A name may be that of a command, too: `monitor: {…}` holds what the command is told.
	if (given === undefined || (isObject(given) && !Array.isArray(given))) return undefined;
	if (spec.isSecret) {
		throw new UsageError(
			`"${name}" in ${settings.path} is a secret, and others read that file; put it into the variable ${variableName(spec.name)}.`,
		);
	}
	return { given, where: `"${name}" in ${settings.path}` };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
