import type { NormalizeRules } from '@orbweaver/parser';
import type { FoundLinks, LinkTask } from './found-links.ts';
import { LinkThread } from './link-thread.ts';

/** A thread takes a tenth of a second to start: small crawls are over before. */
const PAGES_BEFORE_THREAD = 100;
/** Sending a page costs about as much as finding the links of so many bytes. */
const SMALLEST_BYTES = 2_000;
/** When so many pages wait for the thread, this one is the faster. */
const MOST_PENDING = 16;

export interface LinkFinderOptions {
	/** How many threads find links beside this one. */
	readonly threads: number;
	readonly urlRules: NormalizeRules;
}

/** Hands pages to other threads that find their links, where that pays. */
export class LinkFinder {
	readonly #options: LinkFinderOptions;
	readonly #threads: LinkThread[] = [];
	#pages = 0;

	constructor(options: LinkFinderOptions) {
		this.#options = options;
	}

	/** Finds the links of a page elsewhere; undefined when it is better done here. */
	find(task: LinkTask): Promise<FoundLinks | undefined> | undefined {
		const { threads, urlRules } = this.#options;
		if (++this.#pages <= PAGES_BEFORE_THREAD || task.bytes.byteLength < SMALLEST_BYTES) return undefined;
		while (this.#threads.length < threads) this.#threads.push(new LinkThread(urlRules));
		const idlest = this.#threads.reduce<LinkThread | undefined>(
			(best, thread) => (best === undefined || thread.pending < best.pending ? thread : best),
			undefined,
		);
		return idlest === undefined || idlest.pending >= MOST_PENDING ? undefined : idlest.find(task);
	}

	/** Tells that a request with this key is stored. */
	stored(uniqueKey: string): void {
		for (const thread of this.#threads) thread.stored(uniqueKey);
	}

	async close(): Promise<void> {
		await Promise.all(this.#threads.splice(0).map((thread) => thread.close()));
	}
}
