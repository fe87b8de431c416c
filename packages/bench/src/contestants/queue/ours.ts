import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LeasedRequest, NewRequest } from '@orbweaver/core';
// The store without the crawler: Crawlee, which it does not need, would be half of the process's memory.
import { SqliteStore } from '@orbweaver/core/storage-file';
import type { QueueContestant } from './contract.ts';
import { type MadeLink, siteHost, sites } from './made-links.ts';
import { fill, type QueueUnderTest, work } from './workload.ts';

/** How many are taken of a domain at once: what its lane holds. */
const laneSize = 20;
/** How many pages end together. */
const group = 32;

class StoreUnderTest implements QueueUnderTest<LeasedRequest> {
	readonly #store: SqliteStore;
	#site = 0;

	constructor(store: SqliteStore) {
		this.#store = store;
	}

	async add(links: readonly MadeLink[]): Promise<void> {
		await this.#store.add(links.map((link) => newRequest(link)));
	}

	async take(count: number): Promise<LeasedRequest[]> {
		const taken: LeasedRequest[] = [];
		while (taken.length < count) {
			// Seven and a thousand have no divisor in common: every site has its turn.
			this.#site = (this.#site + 7) % sites;
			taken.push(...(await this.#store.lease(siteHost(this.#site), Math.min(laneSize, count - taken.length))));
		}
		return taken;
	}

	async finish(taken: readonly LeasedRequest[], links: readonly (readonly MadeLink[])[]): Promise<void> {
		for (let first = 0; first < taken.length; first += group) {
			const pages = taken.slice(first, first + group).map(({ id }, index) =>
				this.#store.commit({
					id,
					retryCount: 0,
					outcome: { status: 'handled', httpStatus: 200 },
					requests: (links[first + index] ?? []).map((link) => newRequest(link, id)),
					items: [],
				}),
			);
			await Promise.all(pages);
		}
	}
}

/** The store as it comes, in a file. */
const run: QueueContestant = async ({ urls, requests, directory }) => {
	await warmUp();
	const path = join(directory, 'queue.sqlite');
	const store = SqliteStore.open(path);
	const queue = new StoreUnderTest(store);
	const filled = await fill(queue, urls);
	const steps = await work(queue, { urls, requests });
	const { waiting } = store.counts();
	const fileBytes = readdirSync(directory).reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
	await store.close();

	const { openSeconds } = await open(path);
	spawnSync(process.execPath, [fileURLToPath(new URL('killed.ts', import.meta.url)), path]);
	const killed = await open(path);
	const { reclaimed } = killed;
	return { fill: filled, steps, waiting, fileBytes, openSeconds, openAfterKillSeconds: killed.openSeconds, reclaimed };
};

async function open(path: string): Promise<{ openSeconds: number; reclaimed: number }> {
	const started = performance.now();
	await using store = SqliteStore.open(path);
	return { openSeconds: (performance.now() - started) / 1000, reclaimed: store.reclaimed };
}

/** The compiler's work is done on another queue, or a large queue, which takes long to fill, would look the faster one. */
async function warmUp(): Promise<void> {
	await using store = SqliteStore.open(':memory:');
	const queue = new StoreUnderTest(store);
	await fill(queue, 10_000);
	await work(queue, { urls: 10_000, requests: 6_000 });
}

function newRequest({ url, domain }: MadeLink, parentId?: number): NewRequest {
	return {
		uniqueKey: url,
		url,
		domain,
		method: 'GET',
		priority: 0,
		crawlDepth: parentId === undefined ? 0 : 1,
		parentId,
	};
}

export default run;
