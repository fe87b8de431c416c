import type { CrawlStore } from '../store/crawl-store.ts';

const open = new Set<CrawlStore>();

/**
 * Closes the store when the process exits by itself, so that its file is whole without a log beside it although nobody
 * closed it.
 *
 * @returns what to call when it is closed before.
 */
export function closeAtExit(store: CrawlStore): () => void {
	// One listener for all: Node.js warns of more than ten.
	if (open.size === 0) process.on('exit', closeAll);
	open.add(store);
	return () => {
		open.delete(store);
		if (open.size === 0) process.off('exit', closeAll);
	};
}

function closeAll(): void {
	// A store closes before it answers: nothing is waited for in a process that exits.
	for (const store of open) void store.close();
}
