import { join } from 'node:path';
import { type Durability, type LeasedRequest, type NewRequest, SqliteStore } from '@orbweaver/core';
import { answerAsChild } from '../../measure/child-process.ts';
import type { CommitsAnswer, CommitsJob } from './contract.ts';

const domain = 'www.one.example';

/** Pages with a row and two links each; the name is the durability. */
await answerAsChild(async (name, { pages, group, directory }: CommitsJob): Promise<CommitsAnswer> => {
	await using store = SqliteStore.open(join(directory, 'pages.sqlite'), { durability: name as Durability });
	await store.add(Array.from({ length: 2 * pages }, (_, index) => link(`start-${index}`)));
	const alone = await pagesPerSecond(store, pages, 1);
	const grouped = await pagesPerSecond(store, pages, group);
	return { pages: store.counts().handled, alone, grouped };
});

async function pagesPerSecond(store: SqliteStore, pages: number, atOnce: number): Promise<number> {
	const leased = await store.lease(domain, pages);
	const started = performance.now();
	for (let first = 0; first < leased.length; first += atOnce) {
		await Promise.all(leased.slice(first, first + atOnce).map((request) => finish(store, request)));
	}
	return (leased.length * 1000) / (performance.now() - started);
}

function finish(store: SqliteStore, { id, url }: LeasedRequest): Promise<unknown> {
	return store.commit({
		id,
		retryCount: 0,
		outcome: { status: 'handled', httpStatus: 200 },
		requests: [link(`${id}-a`), link(`${id}-b`)],
		items: [{ dataset: 'default', json: JSON.stringify({ url, title: 'A page as good as any' }) }],
	});
}

function link(path: string): NewRequest {
	const url = `https://${domain}/${path}`;
	return { uniqueKey: url, url, domain, method: 'GET', priority: 0, crawlDepth: 0 };
}
