import { type BenchOptions, chooseContestants, type PartName, partNames } from '../../arguments.ts';
import { busyRemark, describeMachine, installedVersions, machineLine } from '../../measure/machine.ts';
import { writeReport } from '../../measure/report.ts';
import { note } from '../../note.ts';
import type { Subject } from '../subject.ts';
import { download } from './download.ts';
import type { HttpPart, PartResult } from './part.ts';
import { requests } from './requests.ts';
import { tutorial } from './tutorial.ts';
import { websocket } from './websocket.ts';

const parts: Readonly<Record<PartName, HttpPart>> = { tutorial, requests, download, websocket };

/** What a client does: requests, downloads and messages, against the clients of Node and Python and the command line. */
export const http: Subject = {
	summary: 'an HTTP client, against undici, got, axios, aiohttp, curl, aria2, ws',
	run: runHttp,
};

async function runHttp(options: BenchOptions): Promise<boolean> {
	const wanted = partNames.filter((name) => options.parts?.includes(name) ?? true);
	const all = new Set(wanted.flatMap((name) => parts[name].contestants));
	const names = chooseContestants([...all], options.only);
	const busy = busyRemark();
	const own = installedVersions(['undici', 'ws']);
	const ownLine = Object.entries(own).map((entry) => entry.join(' '));
	console.log(`\n${[machineLine(describeMachine()), ...ownLine].join(', ')}${busy === undefined ? '' : `\n${busy}`}`);

	const results: Partial<Record<PartName, PartResult>> = {};
	const faults: string[] = [];
	for (const name of wanted) {
		const taking = parts[name].contestants.filter((contestant) => names.includes(contestant));
		if (taking.length === 0) continue;
		try {
			const result = await parts[name].run(taking, options);
			results[name] = result;
			faults.push(...result.sections.flatMap((section) => section.faults));
		} catch (error) {
			// The figures of the other parts took their time, and are right.
			faults.push(`${name} could not be measured: ${(error as Error).message}`);
			console.log(`\n${faults.at(-1)}`);
		}
	}
	if (options.json !== undefined) {
		const file = await writeReport(options.json, {
			subject: 'http',
			versions: Object.assign(own, ...Object.values(results).map(({ versions }) => versions)),
			settings: { runs: options.runs, only: options.only },
			results: { parts: results, faults, remarks: busy === undefined ? [] : [busy] },
		});
		note(`written to ${file}`);
	}
	return faults.length === 0;
}
