import { type BenchOptions, chooseContestants } from '../../arguments.ts';
import {
	type DomainsAnswer,
	type DomainsContestantName,
	type DomainsJob,
	domainsContestants,
} from '../../contestants/domains/contract.ts';
import { runChild } from '../../measure/child-process.ts';
import { busyRemark, describeMachine, machineLine } from '../../measure/machine.ts';
import { profileEach } from '../../measure/profile-each.ts';
import { writeReport } from '../../measure/report.ts';
import { roundLabel, runRounds } from '../../measure/rounds.ts';
import { note } from '../../note.ts';
import { startDomainsServer } from '../../server/domains-server.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import type { Subject } from '../subject.ts';
import { type DomainsSample, domainsTables } from './domains-table.ts';

const script = new URL('../../contestants/domains/child.ts', import.meta.url);

/** Many domains at once, each at its own pace: what the lanes cost, and whether they keep the limits. */
export const domains: Subject = {
	summary: 'many domains at once, each at its own pace, against the ideal that the limits allow',
	run: runDomains,
};

async function runDomains(options: BenchOptions): Promise<boolean> {
	const busy = busyRemark();
	const { runs, pages: pagesPerDomain = 10, domains: count = 1_000, minTimeMs = 100, concurrency = 200 } = options;
	const work = { domains: count, pagesPerDomain, minTimeMs };
	const names = chooseContestants(domainsContestants, options.only);
	const once = async (name: DomainsContestantName, nodeArguments: readonly string[] = []): Promise<DomainsSample> => {
		await using folder = await temporaryFolder(`bench-${name}`);
		await using server = await startDomainsServer(count, pagesPerDomain);
		const { startUrls } = server.first;
		const job: DomainsJob = { startUrls, concurrency, minTimeMs, directory: folder.path };
		const measured = await runChild<DomainsAnswer>({ script, name, job, nodeArguments, directory: folder.path });
		const { startUrls: _, ...seen } = await server.report();
		return { ...measured, seen };
	};
	const onRun = (name: string, round: number): void => note(`${roundLabel(round, runs)}: ${name}`);
	const outcomes = await runRounds({ names, rounds: runs, run: once, onRun });

	const remarks = busy === undefined ? [] : [busy];
	const { text, faults } = domainsTables(outcomes, work, remarks);
	const setting = `${count} domains of ${pagesPerDomain} pages, ${minTimeMs} ms between two requests to one, ${concurrency} at a time, ${runs} rounds`;
	console.log(`\n${setting}\n${machineLine(describeMachine())}\n\n${text}`);

	if (options.cpuProfile) await profileEach('domains', names, once);
	if (options.json !== undefined) {
		const results = { outcomes, faults, remarks };
		const settings = { ...work, runs, concurrency };
		note(`written to ${await writeReport(options.json, { subject: 'domains', versions: {}, settings, results })}`);
	}
	return faults.length === 0;
}
