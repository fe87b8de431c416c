import type { BenchOptions } from '../arguments.ts';

/** Something that can be measured. */
export interface Subject {
	/** One line for the usage text. */
	readonly summary: string;
	/** Prints its table and tells whether every contestant did its work whole. */
	readonly run: (options: BenchOptions) => Promise<boolean>;
}
