import { SqliteStore } from '@orbweaver/core/storage-file';
import { madeLink, siteHost } from './made-links.ts';

/** How many requests are being worked on when the process dies, over how many sites. */
const lease = { sites: 50, each: 20 };

// Dies as a process does that is killed: with a log that nobody has moved into the file, and requests that nobody gave back.
const store = SqliteStore.open(process.argv[2] as string);
const first = 1_000_000_000;
for (let added = 0; added < 10; added++) {
	await store.add(
		Array.from({ length: 1_000 }, (_, index) => {
			const { url, domain } = madeLink(first + added * 1_000 + index);
			return { uniqueKey: url, url, domain, method: 'GET', priority: 0, crawlDepth: 0 };
		}),
	);
}
for (let site = 0; site < lease.sites; site++) await store.lease(siteHost(site), lease.each);
process.kill(process.pid, 'SIGKILL');
