import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Request } from '../../src/crawlee.ts';
import { RequestQueue } from '../../src/queue/request-queue.ts';
import type { RequestQueueOptions } from '../../src/queue/request-queue-options.ts';
import { temporaryFolder } from '../sqlite/temporary-folder.ts';

/** A queue that asks nobody's robots.txt unless told, in a file of its own unless told; closed when the test ends. */
export async function openQueue(options: RequestQueueOptions = {}): Promise<RequestQueue> {
	const storage = options.store === undefined ? { storage: await newStorage() } : {};
	const queue = new RequestQueue({ respectRobotsTxtFile: false, ...storage, ...options });
	onTestFinished(() => queue.close());
	return queue;
}

export async function newStorage(): Promise<string> {
	return join(await temporaryFolder(), 'crawl.sqlite');
}

/** Waits for the next request; undefined when the queue is finished. */
export async function nextRequest(queue: RequestQueue, withinMs = 10_000): Promise<Request | undefined> {
	const end = Date.now() + withinMs;
	for (;;) {
		const request = await queue.fetchNextRequest();
		if (request !== null) return request;
		if (await queue.isFinished()) return undefined;
		if (Date.now() > end) throw new Error(`nothing came for ${withinMs} ms: ${JSON.stringify(queue.counts())}`);
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
}
