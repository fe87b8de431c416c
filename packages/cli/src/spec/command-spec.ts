import type { OptionSpec } from './option-spec.ts';
import type { OptionValues } from './option-values.ts';

/** What stands behind the name of a command. */
interface ArgumentSpec {
	/** As in the help: `url`. */
	readonly name: string;
	readonly help: string;
	readonly isOptional?: boolean;
	/** Takes all that follow. */
	readonly isList?: boolean;
}

/** A command line that has been read. */
interface Invocation {
	readonly args: readonly string[];
	readonly options: OptionValues;
	readonly env: NodeJS.ProcessEnv;
}

/** Does what a command is for, and answers the exit code. */
export type Action = (invocation: Invocation) => Promise<number>;

/** One command: all that the help, the completion and the parser have to know, and where its work is found. */
export interface CommandSpec {
	readonly name: string;
	/** One line. */
	readonly summary: string;
	/** What is worth knowing beside it. */
	readonly details?: string;
	readonly args: readonly ArgumentSpec[];
	readonly options: readonly OptionSpec[];
	/** What follows `orbweaver`; each is run by a test. */
	readonly examples: readonly string[];
	/** Options of others that follow the arguments are theirs. */
	readonly passesOptions?: boolean;
	/** Loaded when the command is run: help and completion need none of it. */
	load(): Promise<Action>;
}
