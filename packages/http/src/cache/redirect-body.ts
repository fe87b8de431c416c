import type { CollectedBody, CollectLimit, ResponseBody } from '../response/response-body.ts';

/** What a redirect may say beside its Location, and how long it may take to do so. */
const REST_BYTES = 16 * 1024;
const REST_MS = 1_000;

/**
 * The body of a redirect that could be stored. Whoever follows a redirect discards its body, and a body that was not
 * read cannot be stored: so here a short one is read to its end instead, which is what keeps the connection as well.
 */
export class RedirectBody implements ResponseBody {
	readonly #body: ResponseBody;
	#use: 'none' | 'read' | 'discarded' = 'none';

	constructor(body: ResponseBody) {
		this.#body = body;
	}

	get wireBytes(): number {
		return this.#body.wireBytes;
	}

	collect(limit: CollectLimit): Promise<CollectedBody> {
		this.#use = 'read';
		return this.#body.collect(limit);
	}

	[Symbol.asyncIterator](): AsyncIterator<Buffer> {
		this.#use = 'read';
		return this.#body[Symbol.asyncIterator]();
	}

	discard(): void {
		if (this.#use === 'read') this.#body.discard();
		if (this.#use !== 'none') return;
		this.#use = 'discarded';
		const timer = setTimeout(() => this.#body.discard(), REST_MS);
		this.#body
			.collect({ maxBytes: REST_BYTES, overflow: 'error' })
			// Nobody is waiting for it.
			.catch(() => undefined)
			.finally(() => clearTimeout(timer));
	}
}
