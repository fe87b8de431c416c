import { formatSummary } from '../measure/format.ts';
import { pairedRatios, type Summary, summarise } from '../measure/statistics.ts';
import type { Column } from '../measure/table.ts';

/** Two contestants side by side, and how far apart they shall be. */
export interface Comparison {
	readonly numerator: string;
	readonly denominator: string;
	/** Reached when the median of the rounds is at least this. Without it the ratio is only told. */
	readonly goal?: number;
}

/** What is compared, one value a round. */
export interface Series {
	/** Work done in a second. */
	readonly speeds: readonly number[];
	/** CPU time for the same amount of work. */
	readonly costs: readonly number[];
}

/** A comparison that both sides took part in. */
export interface Verdict extends Comparison {
	/** The ratios of the speeds of the rounds. */
	readonly ratio: Summary;
	/** The ratios of the CPU time for the same work: coarser where start-up is in it, but steady on a busy machine. */
	readonly cpuRatio: Summary;
	readonly reached?: boolean;
}

/** Divides round by round; a comparison that one side is missing from is left out. */
export function judge(comparisons: readonly Comparison[], series: ReadonlyMap<string, Series>): Verdict[] {
	return comparisons.flatMap((comparison) => {
		const { numerator, denominator, goal } = comparison;
		const above = series.get(numerator);
		const below = series.get(denominator);
		if (above === undefined || below === undefined) return [];
		const ratios = pairedRatios(above.speeds, below.speeds);
		if (ratios.length === 0) return [];
		const ratio = summarise(ratios);
		const cpuRatio = summarise(pairedRatios(above.costs, below.costs));
		return [{ ...comparison, ratio, cpuRatio, ...(goal === undefined ? {} : { reached: ratio.median >= goal }) }];
	});
}

/** What a subject calls the speed and the cost, such as `pages/s` and `CPU/page`. */
export interface Units {
	readonly speed: string;
	readonly cost: string;
}

/** The titles of what `verdictCells` fills. */
export function verdictColumns({ speed, cost }: Units): Column[] {
	return [
		{ title: 'ratio, median of rounds' },
		{ title: `${speed} (min–max)`, align: 'right' },
		{ title: `${cost} (min–max)`, align: 'right' },
		{ title: `goal of ${speed}` },
	];
}

/** The cells of a verdict: who against whom, the ratios, and the goal. */
export function verdictCells({ numerator, denominator, ratio, cpuRatio, goal, reached }: Verdict): string[] {
	const end = goal === undefined ? '' : `≥ ${goal}: ${reached ? 'reached' : 'not reached'}`;
	return [`${numerator} / ${denominator}`, formatSummary(ratio), formatSummary(cpuRatio), end];
}
