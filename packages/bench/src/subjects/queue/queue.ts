import { type BenchOptions, chooseContestants, UsageError } from '../../arguments.ts';
import type { QueueAnswer, QueueJob } from '../../contestants/queue/contract.ts';
import { queueContestants } from '../../contestants/queue/names.ts';
import { turn } from '../../contestants/queue/workload.ts';
import { diskFolder } from '../../disk-folder.ts';
import { runChild } from '../../measure/child-process.ts';
import { busyRemark, describeMachine, machineLine } from '../../measure/machine.ts';
import { writeReport } from '../../measure/report.ts';
import { roundLabel, runRounds } from '../../measure/rounds.ts';
import { note } from '../../note.ts';
import { attend } from '../../peers/attend.ts';
import { crawlee } from '../../peers/crawlee.ts';
import type { Subject } from '../subject.ts';
import { durabilitySection } from './durability.ts';
import { type QueueRun, queueRuns } from './queue-runs.ts';
import { type QueueSample, queueTables } from './queue-table.ts';

const script = new URL('../../contestants/queue/child.ts', import.meta.url);

/** Room for a file and its log: about 170 bytes a URL, and what is added meanwhile. */
const bytesPerUrl = 400;
const bytesBeside = 300e6;

/** A queue of many URLs: what adding, taking and finishing cost while so many wait. */
export const queue: Subject = {
	summary: 'a queue with 10 thousand to 10 million URLs waiting, beside Crawlee',
	run: runQueue,
};

async function runQueue(options: BenchOptions): Promise<boolean> {
	const busy = busyRemark();
	const { urls = [10_000, 1_000_000, 10_000_000], requests = 20_000, runs: rounds } = options;
	const tooSmall = urls.filter((size) => size < turn);
	if (tooSmall.length > 0) throw new UsageError(`--urls must be at least ${turn} each, got ${tooSmall.join(', ')}`);
	const { names, absences } = await attend(chooseContestants(queueContestants, options.only), (name) =>
		name === 'crawlee' ? { kind: 'peer', peer: crawlee } : undefined,
	);
	const { runs, absences: tooLarge } = queueRuns(names, urls);
	const label = ({ contestant, urls: waiting }: QueueRun): string => `${contestant} with ${waiting} URLs`;
	const byLabel = new Map(runs.map((run) => [label(run), run]));
	const once = (name: string): Promise<QueueSample> => queueOnce(byLabel.get(name) as QueueRun, requests);
	// Each process warms itself up, on another queue; a round for that alone would take as long as one that counts.
	const outcomes = await runRounds({
		names: [...byLabel.keys()],
		rounds,
		warmUp: false,
		run: once,
		onRun: (name, round) => note(`${roundLabel(round, rounds)}: ${name}`),
	});
	const remarks = [...(busy === undefined ? [] : [busy]), ...absences, ...tooLarge];
	const { table, ratios, faults } = queueTables(runs, outcomes);
	const setting = `${requests} requests added, taken and finished while so many wait, over 1,000 sites, ${rounds} rounds`;
	console.log(`\n${setting}\n${[machineLine(describeMachine()), '', table, '', ...remarks].join('\n').trimEnd()}`);

	const durability = names.includes('ours') ? await durabilitySection(rounds) : undefined;
	if (durability !== undefined) console.log(`\n${durability.table}`);
	const allFaults = [...faults, ...(durability?.faults ?? [])];
	if (options.json !== undefined) {
		const file = await writeReport(options.json, {
			subject: 'queue',
			versions: { [crawlee.name]: crawlee.version },
			settings: { urls, requests, runs: rounds },
			results: { runs, outcomes, ratios, durability, faults: allFaults, remarks },
		});
		note(`written to ${file}`);
	}
	return allFaults.length === 0;
}

async function queueOnce({ contestant, urls }: QueueRun, requests: number): Promise<QueueSample> {
	await using folder = await diskFolder('bench-queue', urls * bytesPerUrl + bytesBeside);
	const job: QueueJob = { urls, requests, directory: folder.path };
	return await runChild<QueueAnswer>({ script, name: contestant, job });
}
