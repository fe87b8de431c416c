import { expect, it } from 'vitest';
import { fireCrawl } from '../fixtures/fire-process.ts';
import { startFireSite } from '../fixtures/fire-site.ts';
import { expectWholeCrawl, fetchesOf } from '../fixtures/fire-truth.ts';
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

/** When to kill, in the order of the crawl: those of starts are spread over it. */
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
		const options = { storage: folder.file('crawl.sqlite'), output: folder.file('items.jsonl') };
		/** Of each run: what it asked for, and what the storage had as done when it was dead. */
		const runs: { readonly sent: readonly string[]; readonly done: ReadonlySet<string> }[] = [];
		let kills = 0;

		for (const phase of phases()) {
			const before = site.count();
			const step = between(random, 1, (site.addresses / KILLS.middle) * 0.85);
			const isTime = {
				start: () => true,
				middle: () => site.count() >= before + step,
				end: () => site.met() === site.addresses,
			}[phase];
			const delayMs = { start: 1_000, middle: 20, end: 600 }[phase];
			const interruption = { isTime, delayMs: between(random, 0, delayMs) };
			const { signal, output } = await fireCrawl(site, { options, interruption });
			// One that is to be killed at its end may have ended already.
			if (phase !== 'end') expect(signal, output).toBe('SIGKILL');
			if (signal !== null) kills++;
			await site.settle();
			runs.push({ sent: site.requested().slice(before), done: doneIn(options.storage) });
		}
		const before = site.count();
		const { code, output } = await fireCrawl(site, { options });
		expect(code, output).toBe(0);
		runs.push({ sent: site.requested().slice(before), done: doneIn(options.storage) });

		expectWholeCrawl(site, options);
		runs.forEach(({ done }, n) => {
			const later = runs.slice(n + 1).flatMap(({ sent }) => sent);
			// What is stored as done is never asked for again.
			expect(later.filter((url) => done.has(url))).toEqual([]);
		});
		const fetches = Map.groupBy(site.requested(), (url) => url);
		const tooOften = [...fetches].filter(([url, { length }]) => {
			const lost = runs.filter(({ sent, done }) => sent.includes(url) && !done.has(url));
			return length > fetchesOf(site, url) + lost.length;
		});
		expect(tooOften.map(([url]) => url)).toEqual([]);
		const again = [...fetches].reduce((sum, [url, { length }]) => sum + Math.max(0, length - fetchesOf(site, url)), 0);
		expect(again).toBeLessThanOrEqual(kills * MOST_LOST);
		console.log(`${PAGES} pages, ${kills} kills, ${site.count()} requests, ${again} of them again`);
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
