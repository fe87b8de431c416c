import { crawlee } from '../../peers/crawlee.ts';
import { loadPeer } from '../../peers/peer.ts';
import type { QueueContestant } from './contract.ts';
import type { MadeLink } from './made-links.ts';
import { fill, type QueueUnderTest, work } from './workload.ts';

/** The part of Crawlee that is used here; the peer is not installed when this file is type-checked. */
interface Crawlee {
	readonly log: { setLevel(level: number): void; readonly LEVELS: { readonly OFF: number } };
	readonly Configuration: new (options: { persistStorage: boolean }) => object;
	readonly RequestQueue: { open(name: null, options: { config: object }): Promise<CrawleeQueue> };
}

interface CrawleeRequest {
	readonly url: string;
}

interface CrawleeQueue {
	addRequests(requests: readonly { url: string }[]): Promise<unknown>;
	fetchNextRequest(): Promise<CrawleeRequest | null>;
	markRequestHandled(request: CrawleeRequest): Promise<unknown>;
	getInfo(): Promise<{ readonly pendingRequestCount: number } | undefined>;
}

interface Taken {
	readonly domain: string;
	readonly request: CrawleeRequest;
}

const { Configuration, log, RequestQueue } = loadPeer<Crawlee>(crawlee);

class CrawleeUnderTest implements QueueUnderTest<Taken> {
	readonly #queue: CrawleeQueue;

	constructor(queue: CrawleeQueue) {
		this.#queue = queue;
	}

	async add(links: readonly MadeLink[]): Promise<void> {
		await this.#queue.addRequests(links.map(({ url }) => ({ url })));
	}

	async take(count: number): Promise<Taken[]> {
		const taken: Taken[] = [];
		while (taken.length < count) {
			const request = await this.#queue.fetchNextRequest();
			// Its head is filled in the background.
			if (request === null) await new Promise((resolve) => setTimeout(resolve, 1));
			else taken.push({ request, domain: new URL(request.url).host });
		}
		return taken;
	}

	async finish(taken: readonly Taken[], links: readonly (readonly MadeLink[])[]): Promise<void> {
		for (const [index, { request }] of taken.entries()) {
			const found = links[index];
			if (found !== undefined) await this.add(found);
			await this.#queue.markRequestHandled(request);
		}
	}
}

/** Crawlee's queue at its fastest setting: its storage in memory. */
const run: QueueContestant = async ({ urls, requests }) => {
	log.setLevel(log.LEVELS.OFF);
	const open = async (): Promise<CrawleeQueue> =>
		RequestQueue.open(null, { config: new Configuration({ persistStorage: false }) });
	const queue = await open();
	const underTest = new CrawleeUnderTest(queue);
	const filled = await fill(underTest, urls);
	const steps = await work(underTest, { urls, requests });
	return { fill: filled, steps, waiting: (await queue.getInfo())?.pendingRequestCount ?? 0 };
};

export default run;
