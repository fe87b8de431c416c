import type { CommitsAnswer, CommitsJob } from '../../contestants/commits/contract.ts';
import { diskFolder } from '../../disk-folder.ts';
import { type Measured, runChild } from '../../measure/child-process.ts';
import { formatSummary } from '../../measure/format.ts';
import { type Outcome, roundLabel, runRounds } from '../../measure/rounds.ts';
import { summarise } from '../../measure/statistics.ts';
import { type Column, renderTable } from '../../measure/table.ts';
import { note } from '../../note.ts';

type CommitsSample = Measured<CommitsAnswer>;

const script = new URL('../../contestants/commits/child.ts', import.meta.url);
const levels = ['normal', 'full'] as const;
const pages = 500;
const group = 32;
const bytesNeeded = 100e6;

/** What waiting for the disk costs: pages stored a second at each level of durability. */
export async function durabilitySection(
	rounds: number,
): Promise<{ table: string; outcomes: readonly Outcome<CommitsSample>[]; faults: string[] }> {
	const outcomes = await runRounds({
		names: levels,
		rounds,
		run: commitsOnce,
		onRun: (name, round) => note(`${roundLabel(round, rounds)}: durability ${name}`),
	});
	return {
		table: durabilityTable(outcomes, pages),
		outcomes,
		faults: outcomes.flatMap((outcome) => faultsOf(outcome, pages)),
	};
}

const columns: readonly Column[] = [
	{ title: 'durability' },
	{ title: 'pages/s, one after another (min–max)', align: 'right' },
	{ title: `pages/s, ${group} at once (min–max)`, align: 'right' },
];

/** The table alone. */
export function durabilityTable(outcomes: readonly Outcome<CommitsSample>[], expected: number): string {
	const rows = outcomes.map((outcome) => {
		if (outcome.samples.length === 0 || faultsOf(outcome, expected).length > 0) return [outcome.name, '–', '–'];
		const cell = (pick: (answer: CommitsAnswer) => number): string =>
			formatSummary(summarise(outcome.samples.map(({ answer }) => pick(answer))));
		return [outcome.name, cell(({ alone }) => alone), cell(({ grouped }) => grouped)];
	});
	return renderTable(columns, rows);
}

function faultsOf({ name, samples, failure }: Outcome<CommitsSample>, expected: number): string[] {
	if (failure !== undefined) return [`durability ${name} failed: ${failure}`];
	return samples.flatMap(({ answer }) =>
		answer.pages === 2 * expected
			? []
			: [`durability ${name}: ${answer.pages} pages stored instead of ${2 * expected}`],
	);
}

async function commitsOnce(name: (typeof levels)[number]): Promise<CommitsSample> {
	await using folder = await diskFolder('bench-commits', bytesNeeded);
	const job: CommitsJob = { pages, group, directory: folder.path };
	return await runChild<CommitsAnswer>({ script, name, job });
}
