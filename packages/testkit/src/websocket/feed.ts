/** Sends one event; false if there is nobody to send to any more. */
export type SendEvent = (json: string) => Promise<boolean>;

/** Events with ids that grow from 1, kept for those who come back. */
export class Feed {
	/** As JSON from the start, so that later changes of the data change no event. */
	readonly #events: string[] = [];
	readonly #followers = new Set<() => void>();

	/** Adds an event for all followers and returns its id. */
	publish(data: unknown): number {
		const id = this.#events.length + 1;
		this.#events.push(JSON.stringify({ id, data }));
		for (const follower of this.#followers) follower();
		return id;
	}

	/**
	 * Sends the events after `from`, or those to come if it is undefined, one after the other as fast as `send` takes
	 * them. Returns what ends it.
	 */
	follow(from: number | undefined, send: SendEvent): () => void {
		let next = Math.min(from ?? Infinity, this.#events.length);
		let sending = false;
		const pump = async (): Promise<void> => {
			if (sending) return;
			sending = true;
			for (let json = this.#events[next]; json !== undefined; json = this.#events[next]) {
				next += 1;
				if (!(await send(json))) break;
			}
			sending = false;
		};
		const follower = (): void => void pump();
		this.#followers.add(follower);
		follower();
		return () => this.#followers.delete(follower);
	}
}
