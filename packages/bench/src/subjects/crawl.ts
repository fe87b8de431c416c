import { type BenchOptions, chooseContestants } from '../arguments.ts';
import type { CrawlAnswer, CrawlJob } from '../contestants/crawl/contract.ts';
import { type CrawlContestantName, crawlContestants } from '../contestants/crawl/names.ts';
import { runChild } from '../measure/child-process.ts';
import { formatNumber } from '../measure/format.ts';
import { busyRemark, describeMachine, installedVersions, machineLine } from '../measure/machine.ts';
import { profileEach } from '../measure/profile-each.ts';
import { writeReport } from '../measure/report.ts';
import { roundLabel, runRounds } from '../measure/rounds.ts';
import { note } from '../note.ts';
import { attend } from '../peers/attend.ts';
import { crawlee } from '../peers/crawlee.ts';
import { type SiteServer, startSiteServer } from '../server/site-server.ts';
import { writeSite } from '../site/generated-site.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type CrawlSample, crawlTables } from './crawl-table.ts';
import type { Comparison } from './goals.ts';
import type { Subject } from './subject.ts';

const comparisons: readonly Comparison[] = [
	{ numerator: 'ours', denominator: 'bare', goal: 0.8 },
	{ numerator: 'ours', denominator: 'crawlee', goal: 10 },
	{ numerator: 'ours', denominator: 'ours-memory' },
];

const script = new URL('../contestants/crawl/child.ts', import.meta.url);

/** Whole crawls of a generated site, from the first page to the last item stored. */
export const crawl: Subject = {
	summary: 'a whole crawl, against the bare loop and Crawlee',
	run: runCrawl,
};

async function runCrawl(options: BenchOptions): Promise<boolean> {
	const busy = busyRemark();
	const { names, absences } = await attend(chooseContestants(crawlContestants, options.only), (name) =>
		name === 'crawlee' ? { kind: 'peer', peer: crawlee } : undefined,
	);
	const { pages = 10_000, profile, runs, concurrency = 32 } = options;
	await using folder = await temporaryFolder('site');
	await using server = await startSiteServer(folder.path, note);
	note(`writing a site of ${pages} ${profile} pages …`);
	const site = await writeSite({ directory: folder.path, origin: server.url, pages, profile });

	const once = (name: CrawlContestantName, nodeArguments: readonly string[] = []): Promise<CrawlSample> =>
		crawlOnce({ name, server, concurrency, nodeArguments });
	const outcomes = await runRounds({
		names,
		rounds: runs,
		run: once,
		onRun: (name, round) => note(`${roundLabel(round, runs)}: ${name}`),
	});

	const weight = `on average ${formatNumber(site.meanBytes / 1000)} KB and ${site.meanLinks} links`;
	const setting = `${site.urls} ${profile} pages (${weight}), ${concurrency} at a time, ${runs} rounds, served by ${server.name}`;
	const remarks = [...(busy === undefined ? [] : [busy]), ...absences];
	const { table, verdicts, faults } = crawlTables(outcomes, comparisons, site.urls, remarks);
	console.log(`\n${setting}\n${machineLine(describeMachine())}\n\n${table}`);

	if (options.cpuProfile) await profileEach('crawl', names, once);
	if (options.json !== undefined) {
		const file = await writeReport(options.json, {
			subject: 'crawl',
			versions: { ...installedVersions(['undici', 'htmlparser2']), [crawlee.name]: crawlee.version },
			settings: { pages, profile, runs, concurrency, server: server.name, site },
			results: { outcomes, verdicts, faults, remarks },
		});
		note(`written to ${file}`);
	}
	return faults.length === 0;
}

interface CrawlRun {
	readonly name: CrawlContestantName;
	readonly server: SiteServer;
	readonly concurrency: number;
	readonly nodeArguments: readonly string[];
}

async function crawlOnce({ name, server, concurrency, nodeArguments }: CrawlRun): Promise<CrawlSample> {
	await using folder = await temporaryFolder(`bench-${name}`);
	const directory = folder.path;
	const job: CrawlJob = { startUrl: `${server.url}/`, concurrency, directory };
	const before = await server.requests();
	const measured = await runChild<CrawlAnswer>({ script, name, job, nodeArguments, directory });
	return { ...measured, served: (await server.requests()) - before };
}
