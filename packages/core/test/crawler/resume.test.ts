import { PassThrough } from 'node:stream';
import { startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import { type Ask, type Resume, resumeOrStartOver, startsOver, terminalAsk } from '../../src/crawler/resume.ts';
import { SqliteStore } from '../../src/index.ts';
import { newRequests } from '../store/requests.ts';
import { rowsOf, tempStorage, testCrawler } from './crawl.ts';

/** What was said and asked, on a storage with three requests, of which one is done, and a row. */
async function decide(resume: Resume, ask?: Ask) {
	await using store = SqliteStore.open(':memory:');
	await store.add(newRequests(3));
	const [leased] = await store.lease('a.example', 1);
	const items = [{ dataset: 'default', json: '{}' }];
	await store.commit({ id: leased?.id ?? 0, retryCount: 0, outcome: { status: 'handled' }, requests: [], items });
	const said: string[] = [];
	const log = { info: (line: string) => said.push(line), warning: (line: string) => said.push(line) };
	const isEmptied = await resumeOrStartOver(store, resume, { path: 'x.sqlite', log, ask });
	const { waiting, handled } = store.counts();
	return { isEmptied, said, left: waiting + handled, rows: (await store.datasets()).length };
}

const HELD = 'x.sqlite holds an unfinished crawl: 1 of 3 requests done, 1 row.';

describe('an earlier crawl', () => {
	test('is gone on with', async () => {
		expect(await decide(true)).toEqual({ isEmptied: false, said: [], left: 3, rows: 1 });
	});

	test('is removed, and that is said', async () => {
		const said = [`Starting over. ${HELD} That is removed.`];
		expect(await decide(false)).toEqual({ isEmptied: true, said, left: 0, rows: 0 });
	});

	test.each([
		['s', 0],
		['', 3],
		['g', 3],
		['nonsense', 3],
	])('is asked about; %j leaves %i requests', async (answer, left) => {
		const asked: string[] = [];
		const decided = await decide('ask', async (question) => {
			asked.push(question);
			return answer;
		});
		expect(decided.left).toBe(left);
		expect(asked).toEqual([`${HELD} Go on with it (g) or start over (s)? [g] `]);
	});

	test('is gone on with where nobody can be asked', async () => {
		const said = [`${HELD} Going on with it, as there is no terminal to ask.`];
		expect(await decide('ask')).toEqual({ isEmptied: false, said, left: 3, rows: 1 });
	});
});

test.each([
	['s', true],
	[' START ', true],
	['start over', true],
	['yes', false],
	['', false],
])('%j starts over: %s', (answer, expected) => {
	expect(startsOver(answer)).toBe(expected);
});

describe('at a terminal', () => {
	/** Types `keys` at the question; answers what came of it and what was shown. */
	async function typed(keys: string): Promise<{ answer: unknown; shown: string }> {
		const input = Object.assign(new PassThrough(), { isTTY: true });
		const output = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true });
		const leave = (message: string): never => {
			throw new Error(`left: ${message}`);
		};
		const answer = terminalAsk({ input, output, leave })?.('Go on? ').catch((error: unknown) => String(error));
		input.write(keys);
		return { answer: await answer, shown: String(output.read()) };
	}

	test('what is typed is the answer', async () => {
		expect(await typed('s\r')).toMatchObject({ answer: 's', shown: expect.stringContaining('Go on? ') });
	});

	test.each([
		['Ctrl-C', '\u0003'],
		['Ctrl-D', '\u0004'],
	])('%s leaves, and says what would do', async (_, keys) => {
		const { answer, shown } = await typed(keys);
		expect(answer).toBe(
			'Error: left: Nothing was done: the question was not answered. resume: true goes on without asking, false starts over.',
		);
		expect(shown).toMatch(/\n$/);
	});

	test('without one, nobody is asked', () => {
		const leave = (): never => expect.unreachable();
		const piped = { input: new PassThrough(), output: new PassThrough(), leave };
		expect(terminalAsk(piped)).toBeUndefined();
	});
});

describe('a crawler with resume: false', () => {
	test('starts over once: additions before its run, and a second run, stay', async () => {
		await using site = await startServer({ '/*': '<p>page</p>' });
		const storage = await tempStorage();
		const options = {
			storage,
			requestHandler: async ({ pushData }: { pushData(row: object): Promise<void> }) => pushData({}),
		};
		await testCrawler(options).run([`${site.url}/old`]);

		const crawler = testCrawler({ ...options, resume: false });
		await crawler.addRequests([`${site.url}/added`]);
		await crawler.run([`${site.url}/old`]);
		expect(site.log.hits('/old')).toBe(2);
		await crawler.run([`${site.url}/more`]);
		expect(crawler.counts()).toMatchObject({ handled: 3 });
		expect(await rowsOf(crawler)).toHaveLength(3);
	});

	test('does not touch the storage of a crawl that is running', async () => {
		const storage = await tempStorage();
		await using store = SqliteStore.open(storage);
		await store.add(newRequests(2));
		await expect(testCrawler({ storage, resume: false }).run([])).rejects.toMatchObject({ code: 'ORB_STORAGE_IN_USE' });
		expect(store.counts().waiting).toBe(2);
	});
});
