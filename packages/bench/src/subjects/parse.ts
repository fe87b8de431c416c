import { type BenchOptions, chooseContestants } from '../arguments.ts';
import type { ParseAnswer, ParseJob } from '../contestants/parse/contract.ts';
import { type ParseContestantName, parseContestants } from '../contestants/parse/names.ts';
import { type Measured, runChild } from '../measure/child-process.ts';
import { describeMachine, installedVersions, machineLine } from '../measure/machine.ts';
import { profileEach } from '../measure/profile-each.ts';
import { writeReport } from '../measure/report.ts';
import { runRounds } from '../measure/rounds.ts';
import { note } from '../note.ts';
import { writeSite } from '../site/generated-site.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { parseTable } from './parse-table.ts';
import type { Subject } from './subject.ts';

// Nobody is asked there; the pages only have to have an address.
const origin = 'http://bench.test';

const script = new URL('../contestants/parse/child.ts', import.meta.url);

/** Finding the links of a page, against cheerio and a bare SAX parser. */
export const parse: Subject = {
	summary: 'the links of a page, against cheerio and a SAX parser',
	run: runParse,
};

async function runParse(options: BenchOptions): Promise<boolean> {
	const names = chooseContestants(parseContestants, options.only);
	const { pages = 300, profile, runs } = options;
	await using folder = await temporaryFolder('site');
	const site = await writeSite({ directory: folder.path, origin, pages, profile });
	const job: ParseJob = { directory: folder.path, base: `${origin}/`, pages };
	const once = (name: ParseContestantName, nodeArguments: readonly string[] = []): Promise<Measured<ParseAnswer>> =>
		runChild<ParseAnswer>({ script, name, job, nodeArguments });
	const outcomes = await runRounds({ names, rounds: runs, run: once });

	const { table, faults } = parseTable(outcomes, pages);
	console.log(`\n${pages} ${profile} pages, ${runs} rounds\n${machineLine(describeMachine())}\n\n${table}`);
	if (options.cpuProfile) await profileEach('parse', names, once);
	if (options.json !== undefined) {
		const file = await writeReport(options.json, {
			subject: 'parse',
			versions: installedVersions(['cheerio', 'htmlparser2']),
			settings: { pages, profile, runs, site },
			results: { outcomes, faults },
		});
		note(`written to ${file}`);
	}
	return faults.length === 0;
}
