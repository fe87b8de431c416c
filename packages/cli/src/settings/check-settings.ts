import type { CommandSpec } from '../spec/command-spec.ts';
import { nearest } from '../spec/nearest.ts';
import { type OptionSpec, settingName } from '../spec/option-spec.ts';
import type { Settings } from '../spec/resolve-options.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Refuses names that are neither a setting nor a command: a misspelt setting would be silently without effect.
 *
 * @throws UsageError with the nearest name.
 */
export async function checkSettings({ path, values }: Settings, commands: readonly CommandSpec[]): Promise<void> {
	const all = [...new Set(commands.flatMap(({ options }) => settingNames(options)))];
	for (const [name, value] of Object.entries(values)) {
		const command = commands.find((candidate) => candidate.name === name);
		if (command !== undefined && typeof value === 'object' && value !== null && !Array.isArray(value)) {
			const known = settingNames(command.options);
			for (const inner of Object.keys(value)) {
				if (!known.includes(inner)) throw await unknown(`${name}.${inner}`, inner, known, path);
			}
		} else if (!all.includes(name)) {
			throw await unknown(name, name, [...all, ...commands.map((candidate) => candidate.name)], path);
		}
	}
}

function settingNames(options: readonly OptionSpec[]): string[] {
	return options.map(({ name }) => settingName(name));
}

async function unknown(shown: string, name: string, known: readonly string[], path: string): Promise<UsageError> {
	const guess = await nearest(name, known);
	const end = guess === undefined ? '; docs/cli.md lists the settings.' : `: did you mean "${guess}"?`;
	return new UsageError(`There is no setting "${shown}" (in ${path})${end}`);
}
