import type { Command, CommandName, CommandOutcome } from '../protocol/command.ts';
import type { SourceTable } from '../sources/source-table.ts';

/** A source that does not answer is given up after this time. */
const ANSWER_WITHIN_MS = 30_000;

/** Carries a command to its source. Never rejects: what went wrong is the outcome. */
export async function runCommand(
	sources: SourceTable,
	name: string,
	command: CommandName,
	url: string | undefined,
): Promise<CommandOutcome> {
	const source = sources.get(name);
	if (source === undefined) return refused(`There is no source "${name}".`);
	if (source.handler === undefined || !source.commands.includes(command)) {
		return refused(`"${name}" cannot be asked to ${command}.`);
	}
	const whole = withUrl(command, url);
	if (whole === undefined) return refused('history needs a url.');
	const { promise, resolve } = Promise.withResolvers<CommandOutcome>();
	const late = setTimeout(() => resolve(refused(`"${name}" did not answer.`)), ANSWER_WITHIN_MS);
	try {
		return await Promise.race([source.handler(whole), promise]);
	} catch (error) {
		return refused(error instanceof Error ? error.message : String(error));
	} finally {
		clearTimeout(late);
	}
}

function withUrl(command: CommandName, url: string | undefined): Command | undefined {
	if (command !== 'history') return { command };
	return url === undefined ? undefined : { command, url };
}

function refused(error: string): CommandOutcome {
	return { ok: false, error };
}
