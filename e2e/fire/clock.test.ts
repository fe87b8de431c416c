import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer, type TestServer } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { type Running, startFile } from '../fixtures/process.ts';
import { storageFacts } from '../fixtures/storage-file.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { wrongClock } from '../fixtures/wrong-clock.ts';

const YEAR_MS = 365 * 86_400_000;

/**
 * A page with a link to another one. The first request for it is answered 503: the domain is to be left alone for two
 * seconds, and the page to be tried again after that.
 *
 * @param beforeAnswer what happens before that answer.
 */
async function startBusySite(beforeAnswer: () => Promise<void> = async () => {}): Promise<TestServer> {
	const site: TestServer = await startServer({
		'/robots.txt': { status: 404 },
		'/next': 'next',
		'/': async (_, response) => {
			const isBusy = site.log.hits('/') === 1;
			if (isBusy) await beforeAnswer();
			response.writeHead(isBusy ? 503 : 200, { 'Content-Type': 'text/html', ...(isBusy && { 'Retry-After': '2' }) });
			response.end('<a href="/next">next</a>');
		},
	});
	return site;
}

function startCrawl(site: TestServer, storage: string, env: Readonly<Record<string, string>> = {}): Running {
	return startFile('e2e/fixtures/crawl.ts', [JSON.stringify({ storage }), `${site.url}/`], { env });
}

/** Until when the page and its domain wait, as soon as both are stored. */
async function storedWaits(site: TestServer, storage: string): Promise<number[]> {
	while (site.log.hits('/') === 0) await sleep(1);
	using database = new DatabaseSync(storage, { readOnly: true });
	const read = database.prepare(
		`SELECT not_before, (SELECT max(blocked_until) FROM domain) AS blocked_until FROM request WHERE status = 'delayed'`,
	);
	for (;;) {
		const waits = Object.values(read.get() ?? {}).map(Number);
		if (waits.length > 0 && waits.every((wait) => wait > 0)) return waits;
		await sleep(1);
	}
}

function expectDone(site: TestServer, storage: string): void {
	const pages = ['/', '/next'].map((path) => site.url + path);
	const { requests, items } = storageFacts(storage);
	expect([...requests]).toEqual([['handled', pages]]);
	expect(items).toEqual(pages.map((url) => ({ url })));
	expect(site.log.select(({ url }) => url !== '/robots.txt').map(({ url }) => url)).toEqual(['/', '/', '/next']);
}

// Whoever waits for the wrong time waits for a year, and the test is over before.
describe('a clock that is wrong by a year', () => {
	it('and right at the next start: what was to wait for two seconds does not wait for a year', async () => {
		await using site = await startBusySite();
		await using folder = await temporaryFolder();
		const storage = folder.file('crawl.sqlite');
		{
			await using ahead = startCrawl(site, storage, wrongClock({ aheadMs: YEAR_MS }));
			for (const wait of await storedWaits(site, storage)) expect(wait).toBeGreaterThan(Date.now() + YEAR_MS / 2);
			ahead.signal('SIGKILL');
			await ahead.ended;
		}
		await using right = startCrawl(site, storage);
		const { code, output } = await right.ended;
		expect(code, output).toBe(0);
		expectDone(site, storage);
	});

	it('and set back during the run: nobody waits for a year', async () => {
		await using site = await startBusySite();
		await using folder = await temporaryFolder();
		const storage = folder.file('crawl.sqlite');
		await using crawl = startCrawl(site, storage, wrongClock({ aheadMs: YEAR_MS }));
		await storedWaits(site, storage);
		crawl.signal('SIGUSR2');
		const { code, output } = await crawl.ended;
		expect(code, output).toBe(0);
		expectDone(site, storage);
	});

	it('and set forward during the run: nobody waits for a year', async () => {
		let crawl: Running | undefined;
		await using site = await startBusySite(async () => {
			crawl?.signal('SIGUSR2');
			// Until the process has had the signal; the answer shall meet the clock that is right.
			await sleep(200);
		});
		await using folder = await temporaryFolder();
		const storage = folder.file('crawl.sqlite');
		await using behind = startCrawl(site, storage, wrongClock({ aheadMs: -YEAR_MS }));
		crawl = behind;
		const { code, output } = await behind.ended;
		expect(code, output).toBe(0);
		expectDone(site, storage);
	});
});
