import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '@orbweaver/testkit';
import { expect, it } from 'vitest';
import { startFile } from '../fixtures/process.ts';
import { storageFacts } from '../fixtures/storage-file.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { wrongClock } from '../fixtures/wrong-clock.ts';

const PAGES = 40;
const CONCURRENCY = 4;

it.each(['clock', 'clock that stands still'])(
	'what a killed process had in flight comes first at the next start, and no lock has to run out (with a %s)',
	async (clock) => {
		let isSilent = true;
		await using site = await startServer({
			'/robots.txt': { status: 404 },
			'/': Array.from({ length: PAGES }, (_, n) => `<a href="/page/${n}">${n}</a>`).join(''),
			'/page/*': (_, response) => {
				if (isSilent) return;
				response.setHeader('Content-Type', 'text/html');
				response.end('page');
			},
		});
		await using folder = await temporaryFolder();
		const storage = folder.file('crawl.sqlite');
		const args = [JSON.stringify({ storage, maxConcurrency: CONCURRENCY }), `${site.url}/`];
		const pagesAsked = (): string[] => site.log.select(({ url }) => url.startsWith('/page/')).map(({ url }) => url);
		{
			await using killed = startFile('e2e/fixtures/crawl.ts', args);
			while (pagesAsked().length < CONCURRENCY) await sleep(1);
			killed.signal('SIGKILL');
			await killed.ended;
		}
		const inFlight = pagesAsked();
		expect(inFlight).toHaveLength(CONCURRENCY);
		expect(leased(storage)).toEqual(expect.arrayContaining(inFlight.map((path) => site.url + path)));

		isSilent = false;
		// Where time stands still, a lock with a time-out would never run out.
		const env = clock === 'clock' ? {} : wrongClock('stands still');
		await using next = startFile('e2e/fixtures/crawl.ts', args, { env });
		const { code, output } = await next.ended;
		expect(code, output).toBe(0);
		const again = pagesAsked().slice(CONCURRENCY);
		// In the order they arrive at the server, which is not quite the order they are taken in.
		expect(again.slice(0, 3 * CONCURRENCY)).toEqual(expect.arrayContaining(inFlight));
		expect(again).toHaveLength(PAGES);
		expect(storageFacts(storage).requests.get('handled')).toHaveLength(1 + PAGES);
	},
);

/** What is handed out, as the file says. */
function leased(storage: string): string[] {
	using database = new DatabaseSync(storage, { readOnly: true });
	const rows = database.prepare(`SELECT coalesce(url, unique_key) AS url FROM request WHERE status = 'leased'`).all();
	return rows.map(({ url }) => url as string);
}
