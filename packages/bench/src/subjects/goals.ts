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
	/** Pages a second. */
	readonly speeds: readonly number[];
	/** CPU time a page. */
	readonly costs: readonly number[];
}

/** A comparison that both sides took part in. */
export interface Verdict extends Comparison {
	/** The ratios of the speeds of the rounds. */
	readonly ratio: Summary;
	/** The ratios of the CPU time a page: coarser, as start-up is in it, but steady on a busy machine. */
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

/** The titles of what `verdictCells` fills. */
export const verdictColumns: readonly Column[] = [
	{ title: 'ratio, median of rounds' },
	{ title: 'pages/s (min–max)', align: 'right' },
	{ title: 'CPU/page (min–max)', align: 'right' },
	{ title: 'goal of pages/s' },
];

/** The cells of a verdict: who against whom, the ratios, and the goal. */
export function verdictCells({ numerator, denominator, ratio, cpuRatio, goal, reached }: Verdict): string[] {
	const end = goal === undefined ? '' : `≥ ${goal}: ${reached ? 'reached' : 'not reached'}`;
	return [`${numerator} / ${denominator}`, formatSummary(ratio), formatSummary(cpuRatio), end];
}
