import type { Outcome } from '../measure/rounds.ts';
import { renderTable } from '../measure/table.ts';
import { type Comparison, judge, type Units, type Verdict, verdictCells, verdictColumns } from './goals.ts';
import type { ResultColumn } from './result-columns.ts';

/** How the samples of a subject become tables. */
export interface TableRules<Sample> {
	/** After the first one, which is the contestant's name. */
	readonly columns: readonly ResultColumn<Sample>[];
	/** Why a sample does not count; empty if it does. */
	readonly faults: (sample: Sample) => readonly string[];
	/** Work done in a second. */
	readonly speed: (sample: Sample) => number;
	/** CPU time for the same amount of work. */
	readonly cost: (sample: Sample) => number;
	readonly units: Units;
	readonly comparisons: readonly Comparison[];
}

/** The text to print and what it is made of. */
export interface ResultTables {
	readonly table: string;
	readonly verdicts: readonly Verdict[];
	/** What went wrong, one line each; empty if every figure can be trusted. */
	readonly faults: readonly string[];
}

/**
 * A row for each contestant, the ratios, and what must be known before a figure is believed.
 *
 * @param remarks what is worth knowing and yet nobody's fault, one line each.
 */
export function resultTables<Sample>(
	outcomes: readonly Outcome<Sample>[],
	{ columns, faults: faultsOf, speed, cost, units, comparisons }: TableRules<Sample>,
	remarks: readonly string[],
): ResultTables {
	const faulty = new Map(outcomes.map((outcome) => [outcome.name, outcomeFaults(outcome, faultsOf)]));
	// Who left something out is not compared: nothing is as fast as work not done.
	const whole = outcomes.filter(({ name }) => faulty.get(name)?.length === 0);
	const series = new Map(
		whole.map(({ name, samples }) => [name, { speeds: samples.map(speed), costs: samples.map(cost) }]),
	);
	const verdicts = judge(comparisons, series);
	const faults = [...faulty.values()].flat();
	const rows = outcomes.map(({ name, samples }) => [
		name,
		...columns.map(({ cell }) => (samples.length === 0 ? '–' : cell(samples))),
	]);
	const parts = [renderTable([{ title: 'contestant' }, ...columns], rows)];
	if (verdicts.length > 0) parts.push(renderTable(verdictColumns(units), verdicts.map(verdictCells)));
	const lines = [...remarks, ...faults];
	if (lines.length > 0) parts.push(lines.join('\n'));
	return { table: parts.join('\n\n'), verdicts, faults };
}

/** Why the figures of a contestant do not count, if they do not. */
export function outcomeFaults<Sample>(
	{ name, samples, failure }: Outcome<Sample>,
	faultsOf: TableRules<Sample>['faults'],
): string[] {
	if (failure !== undefined) return [`${name} failed: ${failure}`];
	return samples.flatMap((sample, index) => faultsOf(sample).map((fault) => `${name}, round ${index + 1}: ${fault}`));
}
