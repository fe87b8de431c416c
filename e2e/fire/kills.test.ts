import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type FireSite, startFireSite } from '../fixtures/fire-site.ts';
import { fetchesOf, rowsOf, valuesOf } from '../fixtures/fire-truth.ts';
import { type Ended, startFile } from '../fixtures/process.ts';
import { between, seededRandom } from '../fixtures/seed.ts';
import { scaled } from '../fixtures/soak.ts';
import { storageFacts } from '../fixtures/storage-file.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const PAGES = scaled(500, 4_000);
/** How often the crawl is killed while it starts, while it runs, and when the last address was asked for. */
const KILLS = scaled({ start: 1, middle: 3, end: 1 }, { start: 4, middle: 18, end: 3 });
/** What one kill can cost at most: the pages in flight, and those that wait to be stored. */
const MOST_LOST = 64 + 256;

type Phase = keyof typeof KILLS;

/** Runs the crawl to its end, or kills it as soon as `isTime`, so many milliseconds later. */
async function crawl(site: FireSite, options: object, isTime = () => false, delayMs = 0): Promise<Ended> {
	await using process = startFile('e2e/fixtures/fire-crawl.ts', [JSON.stringify(options), site.url]);
	let hasEnded = false;
	const ended = process.ended.finally(() => {
		hasEnded = true;
	});
	while (!hasEnded && !isTime()) await sleep(1);
	if (!hasEnded) await sleep(delayMs);
	process.signal('SIGKILL');
	return await ended;
}

/** When to kill, in the order of the crawl: kills of starts are spread over it. */
function phases(): Phase[] {
	const order = Array.from({ length: KILLS.middle }, (): Phase => 'middle');
	for (let n = 0; n < KILLS.start; n++) order.splice(Math.floor((n * order.length) / KILLS.start), 0, 'start');
	return [...order, ...Array.from({ length: KILLS.end }, (): Phase => 'end')];
}

it(
	'a crawl that is killed again and again ends as if nothing had been',
	async () => {
		const random = seededRandom('kills');
		await using site = await startFireSite(PAGES);
		await using folder = await temporaryFolder();
		const storage = folder.file('crawl.sqlite');
		const output = folder.file('items.jsonl');
		const options = { storage, output, retry: { baseDelaySecs: 0.05, maxDelaySecs: 0.2 } };
		/** For each kill: which requests were sent by the process that it hit, and what it had stored as done. */
		const kills: { phase: Phase; sent: readonly string[]; done: ReadonlySet<string> }[] = [];

		for (const phase of phases()) {
			const before = site.count();
			const step = between(random, 1, (site.addresses / KILLS.middle) * 0.85);
			const isTime = {
				start: () => true,
				middle: () => site.count() >= before + step,
				end: () => site.met() === site.addresses,
			}[phase];
			const delayMs = {
				start: between(random, 0, 1_000),
				middle: between(random, 0, 20),
				end: between(random, 0, 600),
			};
			const { signal, output: said } = await crawl(site, options, isTime, delayMs[phase]);
			if (phase !== 'end') expect(signal, said).toBe('SIGKILL');
			await site.settle();
			const sent = site.requested().slice(before);
			kills.push({ phase, sent, done: signal === null ? new Set(site.pages) : doneIn(storage) });
		}
		const last = site.count();
		const { code, output: said } = await crawl(site, options);
		expect(code, said).toBe(0);

		const facts = storageFacts(storage);
		expect(facts.integrity).toBe('ok');
		expect(new Set(facts.requests.keys())).toEqual(new Set(['handled', 'redirected', 'failed']));
		expect(facts.requests.get('handled')?.toSorted()).toEqual(site.pages.toSorted());
		expect(facts.requests.get('redirected')?.toSorted()).toEqual(site.redirects.toSorted());
		expect(facts.requests.get('failed')?.toSorted()).toEqual(site.broken.toSorted());
		for (const [status, urls] of facts.requests) expect(facts.counters.get(status)).toBe(urls.length);
		expect(facts.items.toSorted(byPage)).toEqual(rowsOf(site));
		expect(facts.values).toEqual(valuesOf(site));
		const lines = (await readFile(output, 'utf8')).trimEnd().split('\n');
		expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(facts.items);

		const runs = [...kills.map(({ sent }) => sent), site.requested().slice(last)];
		kills.forEach(({ done }, n) => {
			const later = runs.slice(n + 1).flat();
			// What was stored as done is never asked for again.
			expect(later.filter((url) => done.has(url))).toEqual([]);
		});
		const counts = Map.groupBy(site.requested(), (url) => url);
		const tooOften = [...counts].filter(([url, { length }]) => {
			const inFlight = kills.filter(({ sent, done }) => sent.includes(url) && !done.has(url));
			return length > fetchesOf(site, url) + inFlight.length;
		});
		expect(tooOften.map(([url]) => url)).toEqual([]);
		const again = [...counts].reduce((sum, [url, { length }]) => sum + Math.max(0, length - fetchesOf(site, url)), 0);
		expect(again).toBeLessThanOrEqual(kills.length * MOST_LOST);
		console.log(`${PAGES} pages, ${kills.length} kills, ${site.count()} requests, ${again} of them again`);
	},
	scaled(60_000, 900_000),
);

/** What the storage says is done, whatever came of it; nothing while it has no tables. */
function doneIn(storage: string): ReadonlySet<string> {
	try {
		const { requests } = storageFacts(storage);
		return new Set(['handled', 'failed', 'redirected'].flatMap((status) => requests.get(status) ?? []));
	} catch (error) {
		if (/no such table|unable to open/.test(String(error))) return new Set();
		throw error;
	}
}

function byPage(a: unknown, b: unknown): number {
	const [left, right] = [a, b] as { page: number; row: number }[] as [Row, Row];
	return left.page - right.page || left.row - right.row;
}

interface Row {
	readonly page: number;
	readonly row: number;
}
