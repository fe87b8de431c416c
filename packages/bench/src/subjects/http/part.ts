import type { BenchOptions } from '../../arguments.ts';
import type { Section } from './section.ts';

/** A part of the subject: one or more tables about one kind of work. */
export interface HttpPart {
	/** Who can take part, in the order of the table. */
	readonly contestants: readonly string[];
	/** Prints its tables. `names` are those of the contestants that shall take part, at least one. */
	readonly run: (names: readonly string[], options: BenchOptions) => Promise<PartResult>;
}

/** What a part leaves for the report. */
export interface PartResult {
	/** Of what took part and is no package of the workspace. */
	readonly versions: Readonly<Record<string, string>>;
	readonly settings: unknown;
	readonly sections: readonly Section[];
}

/** Those of `all` that are among `names`, with the type of `all`. */
export function chosen<Name extends string>(all: readonly Name[], names: readonly string[]): Name[] {
	return all.filter((name) => names.includes(name));
}
