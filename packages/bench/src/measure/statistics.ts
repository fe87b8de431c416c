/** The middle of a set of measurements and how far they lay apart. */
export interface Summary {
	readonly median: number;
	readonly min: number;
	readonly max: number;
}

/**
 * The middle value; with an even count, the mean of the two in the middle.
 *
 * @throws {RangeError} if there are no values, or one of them is not a number.
 */
export function median(values: readonly number[]): number {
	if (values.length === 0) throw new RangeError('median needs at least one value');
	if (values.some(Number.isNaN)) throw new RangeError(`median needs numbers, got ${values.join(', ')}`);
	const sorted = values.toSorted((a, b) => a - b);
	const upper = sorted[Math.floor(sorted.length / 2)] as number;
	const lower = sorted[Math.ceil(sorted.length / 2) - 1] as number;
	return (lower + upper) / 2;
}

/** The median with the smallest and the largest value. Throws as `median` does. */
export function summarise(values: readonly number[]): Summary {
	return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/**
 * The ratios of two series measured side by side, round by round.
 *
 * Each round is divided for itself before anything is summarised: the machine drifts between rounds, but hardly within
 * one. Where one series is longer, its rest is left out.
 */
export function pairedRatios(numerators: readonly number[], denominators: readonly number[]): number[] {
	const rounds = Math.min(numerators.length, denominators.length);
	return Array.from({ length: rounds }, (_, round) => (numerators[round] as number) / (denominators[round] as number));
}
