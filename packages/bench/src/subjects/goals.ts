import { formatSummary } from '../measure/format.ts';
import { pairedRatios, type Summary, summarise } from '../measure/statistics.ts';

/** Two contestants side by side, and how far apart they shall be. */
export interface Comparison {
	readonly numerator: string;
	readonly denominator: string;
	/** Reached when the median of the rounds is at least this. Without it the ratio is only told. */
	readonly goal?: number;
}

/** A comparison that both sides took part in. */
export interface Verdict extends Comparison {
	/** The ratios of the rounds. */
	readonly ratio: Summary;
	readonly reached?: boolean;
}

/** Divides the speeds round by round; a comparison that one side is missing from is left out. */
export function judge(comparisons: readonly Comparison[], speeds: ReadonlyMap<string, readonly number[]>): Verdict[] {
	return comparisons.flatMap((comparison) => {
		const ratios = pairedRatios(speeds.get(comparison.numerator) ?? [], speeds.get(comparison.denominator) ?? []);
		if (ratios.length === 0) return [];
		const ratio = summarise(ratios);
		const { goal } = comparison;
		return [{ ...comparison, ratio, ...(goal === undefined ? {} : { reached: ratio.median >= goal }) }];
	});
}

/** The cells of a verdict: who against whom, the ratio, and the goal. */
export function verdictCells({ numerator, denominator, ratio, goal, reached }: Verdict): string[] {
	const end = goal === undefined ? '' : `goal ≥ ${goal} ×: ${reached ? 'reached' : 'not reached'}`;
	return [`${numerator} / ${denominator}`, `${formatSummary(ratio)} ×`, end];
}
