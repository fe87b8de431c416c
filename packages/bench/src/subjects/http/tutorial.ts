import type { BenchOptions } from '../../arguments.ts';
import type { Payload, RequestsJob } from '../../contestants/http-requests/contract.ts';
import { attend } from '../../peers/attend.ts';
import { startDelayServer } from '../../server/delay-server.ts';
import { type AskerName, isNodeAsker, needOfAsker, runAsker } from './asking.ts';
import { chosen, type HttpPart, type PartResult } from './part.ts';
import { measureSection, type Section } from './section.ts';
import { type TutorialSample, tutorialRules } from './tutorial-rules.ts';

const delayMs = 100;
const atOnce = 100;

/** Who can take part, and how many requests it has in flight. */
const contestants = {
	requests: { asker: 'requests', concurrency: 1 },
	'requests-session': { asker: 'requests-session', concurrency: 1 },
	'requests-threads': { asker: 'requests-threads', concurrency: atOnce },
	aiohttp: { asker: 'aiohttp', concurrency: atOnce },
	'ours-one': { asker: 'ours', concurrency: 1 },
	ours: { asker: 'ours', concurrency: atOnce },
	undici: { asker: 'undici', concurrency: atOnce },
} as const satisfies Readonly<Record<string, { asker: AskerName; concurrency: number }>>;

type Name = keyof typeof contestants;

const names = Object.keys(contestants) as Name[];
const payload: Payload = { text: 'a row of a table '.repeat(60).slice(0, 1000) };

/** The comparison of Python's tutorials: requests that take a while to be answered, one after another and at once. */
export const tutorial: HttpPart = { contestants: names, run: runTutorial };

async function runTutorial(wanted: readonly string[], options: BenchOptions): Promise<PartResult> {
	const {
		names: present,
		programs,
		versions,
		absences,
	} = await attend(chosen(names, wanted), (name) => needOfAsker(contestants[name].asker));
	await using server = await startDelayServer(delayMs, JSON.stringify(payload));
	const url = `${server.first.url}/`;
	const concurrent = present.filter((name) => contestants[name].concurrency === atOnce);
	const tables = [
		{ label: 'tutorial', requests: 100, names: present, way: `one after another or ${atOnce} at once` },
		{ label: 'tutorial-many', requests: 2000, names: concurrent, way: `${atOnce} at once` },
	];
	const sections: Section[] = [];
	for (const { label, names, way, ...table } of tables) {
		const requests = Math.min(table.requests, options.requests ?? table.requests);
		const once = async (name: Name, nodeArguments: readonly string[]): Promise<TutorialSample> => {
			const { asker, concurrency } = contestants[name];
			const job: RequestsJob = { url, requests, concurrency, read: 'json' };
			await server.report();
			const measured = await runAsker({ asker, job, nodeArguments, program: programs.get(name) });
			const { served, peakInFlight } = await server.report();
			return { ...measured, job, served, peakInFlight };
		};
		const section = await measureSection(
			{
				label,
				setting: `${requests} requests, ${way}, each answered after ${delayMs} ms with 1 KB of JSON`,
				names,
				once,
				runsOnNode: (name) => isNodeAsker(contestants[name].asker),
				rules: tutorialRules(payload.text.length),
				remarks: absences,
			},
			options,
		);
		sections.push(section);
	}
	return { versions, settings: { delayMs, atOnce }, sections };
}
