import type { QueueAnswer, StepCost } from '../../contestants/queue/contract.ts';
import { type QueueStepName, queueSteps } from '../../contestants/queue/names.ts';
import type { Measured } from '../../measure/child-process.ts';
import { formatMegabytes, formatNumber, formatSummary } from '../../measure/format.ts';
import type { Outcome } from '../../measure/rounds.ts';
import { median, pairedRatios, type Summary, summarise } from '../../measure/statistics.ts';
import { type Column, renderTable } from '../../measure/table.ts';
import type { QueueRun } from './queue-runs.ts';

/** One run as measured from outside. */
export type QueueSample = Measured<QueueAnswer>;

/** What a step costs in a large queue, divided by what it costs in the smallest one, round by round. */
interface GrowthRatio {
	readonly contestant: string;
	readonly urls: number;
	/** `together`: a request's whole way, that is `add`, `take` and `finish`. */
	readonly step: QueueStepName | 'together';
	readonly ratio: Summary;
}

/** The text to print and what it is made of. */
export interface QueueTables {
	readonly table: string;
	readonly ratios: readonly GrowthRatio[];
	readonly faults: readonly string[];
}

const right = (title: string): Column => ({ title, align: 'right' });

const columns: readonly Column[] = [
	{ title: 'contestant' },
	right('URLs waiting'),
	...['fill', ...queueSteps].map((step) => right(`${step}: CPU (wall) µs`)),
	right('peak memory'),
	right('above imports'),
	right('file'),
	right('open again ms'),
	right('after a kill ms'),
];

/** The tables: what each step costs, and how that grows with the queue. */
export function queueTables(runs: readonly QueueRun[], outcomes: readonly Outcome<QueueSample>[]): QueueTables {
	const faults = outcomes.flatMap((outcome, index) => queueFaults(outcome, runs[index] as QueueRun));
	const rows = outcomes.map(({ samples }, index) => row(runs[index] as QueueRun, samples));
	const ratios = growthRatios(runs, outcomes);
	const parts = [renderTable(columns, rows)];
	if (ratios.length > 0) parts.push(renderTable(ratioColumns, ratioRows(ratios)), ...goalLines(ratios));
	if (faults.length > 0) parts.push(faults.join('\n'));
	return { table: parts.join('\n\n'), ratios, faults };
}

function row({ contestant, urls }: QueueRun, samples: readonly QueueSample[]): string[] {
	const name = [contestant, formatNumber(urls)];
	if (samples.length === 0) return [...name, ...columns.slice(2).map(() => '–')];
	const middle = (pick: (sample: QueueSample) => number | undefined): number | undefined => {
		const values = samples.map(pick).filter((value) => value !== undefined);
		return values.length === 0 ? undefined : median(values);
	};
	const step = (pick: (answer: QueueAnswer) => StepCost): string => {
		const cpu = median(samples.map(({ answer }) => perRequest(pick(answer), 'cpuSeconds')));
		return `${formatNumber(cpu)} (${formatNumber(median(samples.map(({ answer }) => perRequest(pick(answer), 'seconds'))))})`;
	};
	const told = (value: number | undefined, format: (value: number) => string): string =>
		value === undefined ? '–' : format(value);
	const inMs = (seconds: number): string => formatNumber(seconds * 1000);
	return [
		...name,
		step(({ fill }) => fill),
		...queueSteps.map((stepName) => step(({ steps }) => steps[stepName])),
		told(
			middle(({ maxRssBytes }) => maxRssBytes),
			formatMegabytes,
		),
		told(
			middle(({ maxRssBytes, answer }) => maxRssBytes - answer.importedRssBytes),
			formatMegabytes,
		),
		told(
			middle(({ answer }) => answer.fileBytes),
			formatMegabytes,
		),
		told(
			middle(({ answer }) => answer.openSeconds),
			inMs,
		),
		told(
			middle(({ answer }) => answer.openAfterKillSeconds),
			inMs,
		),
	];
}

function perRequest(cost: StepCost, unit: 'seconds' | 'cpuSeconds'): number {
	return (cost[unit] / cost.count) * 1e6;
}

const ratioColumns: readonly Column[] = [
	{ title: 'CPU against the smallest queue' },
	...[...queueSteps, 'together'].map((step) => right(`${step} (min–max)`)),
];

/** Goal of the whole way of a request. */
const mostGrowth = 1.3;

function ratioRows(ratios: readonly GrowthRatio[]): string[][] {
	const groups = Map.groupBy(ratios, ({ contestant, urls }) => `${contestant}, ${formatNumber(urls)}`);
	return [...groups].map(([name, group]) => [name, ...group.map(({ ratio }) => formatSummary(ratio))]);
}

function goalLines(ratios: readonly GrowthRatio[]): string[] {
	const ours = ratios.filter(({ contestant, step }) => contestant === 'ours' && step === 'together');
	const reached = ours.map(
		({ urls, ratio }) => `${formatNumber(urls)} ${ratio.median <= mostGrowth ? 'reached' : 'not reached'}`,
	);
	return ours.length === 0 ? [] : [`add, take and finish together, goal ≤ ${mostGrowth}: ${reached.join(', ')}`];
}

function growthRatios(runs: readonly QueueRun[], outcomes: readonly Outcome<QueueSample>[]): GrowthRatio[] {
	return runs.flatMap(({ contestant, urls }, index) => {
		const first = runs.findIndex((run) => run.contestant === contestant);
		const samples = outcomes[index]?.samples ?? [];
		const smallest = outcomes[first]?.samples ?? [];
		if (first === index || samples.length === 0 || smallest.length === 0) return [];
		const growth = (costOf: (answer: QueueAnswer) => number): Summary => {
			const [above, below] = [samples, smallest].map((of) => of.map(({ answer }) => costOf(answer)));
			return summarise(pairedRatios(above as number[], below as number[]));
		};
		const cost = ({ steps }: QueueAnswer, step: QueueStepName): number => perRequest(steps[step], 'cpuSeconds');
		const together = growth((answer) => cost(answer, 'add') + cost(answer, 'take') + cost(answer, 'finish'));
		return [
			...queueSteps.map((step) => ({ contestant, urls, step, ratio: growth((answer) => cost(answer, step)) })),
			{ contestant, urls, step: 'together' as const, ratio: together },
		];
	});
}

/** Why the figures do not count, if they do not. */
function queueFaults({ name, samples, failure }: Outcome<QueueSample>, { urls }: QueueRun): string[] {
	if (failure !== undefined) return [`${name} failed: ${failure}`];
	return samples.flatMap(({ answer: { waiting, reclaimed } }, index) => {
		const faults: string[] = [];
		// What is taken and what is added are as many, so that the queue stays as full as it is.
		if (waiting !== urls) faults.push(`${name}, round ${index + 1}: ${waiting} wait at the end instead of ${urls}`);
		if (reclaimed === 0) faults.push(`${name}, round ${index + 1}: nothing waits again after the kill`);
		return faults;
	});
}
