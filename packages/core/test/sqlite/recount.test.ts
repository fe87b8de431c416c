import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startServer } from '@orbweaver/testkit';
import { expect, test } from 'vitest';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { testCrawler } from '../crawler/crawl.ts';
import { newRequests } from '../store/requests.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A storage with two handed out requests of a process that died, three that wait, and what `sql` makes of it. */
async function spoiltStorage(sql: string, origin = 'http://a.example'): Promise<string> {
	const path = join(await temporaryFolder(), 'crawl.sqlite');
	const { host } = new URL(origin);
	{
		await using store = SqliteStore.open(path);
		const requests = newRequests(5).map((request) => {
			const url = new URL(new URL(request.url).pathname, origin).href;
			return { ...request, url, uniqueKey: url, domain: host };
		});
		await store.add(requests);
		await store.lease(host, 2);
	}
	using database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
	database.exec(sql);
	return path;
}

const RIGHT = { waiting: 5, delayed: 0, leased: 0, handled: 0, failed: 0, skipped: 0, redirected: 0 };

test.each([
	[
		'requests that wait are not there',
		`UPDATE counter SET value = value + 7 WHERE name = 'waiting'; UPDATE domain SET waiting = waiting + 7`,
	],
	['delayed requests are not there', `INSERT INTO counter VALUES ('delayed', 3) ON CONFLICT DO UPDATE SET value = 3`],
	['leased requests are not there', `UPDATE counter SET value = 4 WHERE name = 'leased'`],
	['leased requests are not counted', `UPDATE counter SET value = 0 WHERE name = 'leased'`],
	['nothing is counted', `DELETE FROM counter; UPDATE domain SET waiting = 0`],
])('%s: the rows are counted again, and a crawl comes to its end', async (_, sql) => {
	await using site = await startServer({ '/*': 'page' });
	const storage = await spoiltStorage(sql, site.url);
	const crawler = testCrawler({ storage, requestHandler: async () => {} });
	await crawler.run();
	expect(crawler.counts()).toEqual({ ...RIGHT, waiting: 0, handled: 5 });
});

test('a file that is right is left as it is', async () => {
	await using store = SqliteStore.open(await spoiltStorage('SELECT 1'));
	expect(store.reclaimed).toBe(2);
	expect(store.counts()).toEqual(RIGHT);
});

test('requests without their domain are an error, and nobody waits for them', async () => {
	const storage = await spoiltStorage('DELETE FROM domain');
	expect(() => SqliteStore.open(storage)).toThrow(
		expect.objectContaining({
			code: 'ORB_STORAGE_DAMAGED',
			message: expect.stringContaining(
				`storage "${storage}" is damaged: requests wait that their domain does not lead to.`,
			),
		}),
	);
});

test('requests that get lost while the crawl runs are not waited for', async () => {
	await using site = await startServer({ '/robots.txt': { status: 404 }, '/*': 'page' });
	const storage = join(await temporaryFolder(), 'crawl.sqlite');
	let lost = 0;
	const crawler = testCrawler({
		storage,
		requestHandler: () => {
			if (lost > 0) return;
			using database = new DatabaseSync(storage, { timeout: 5_000 });
			lost = Number(database.prepare(`DELETE FROM request WHERE status = 'waiting'`).run().changes);
		},
	});
	await crawler.run(Array.from({ length: 100 }, (_, n) => `${site.url}/${n}`));
	expect(lost).toBeGreaterThan(0);
	expect(crawler.counts()).toEqual({ ...RIGHT, waiting: 0, handled: 100 - lost });
});
