/** Which of Crawlee's queue objects have worked on which queue since the file was opened: only one process can have it. */
export class QueueClients {
	readonly #keys = new Map<string, Set<string>>();

	add(queue: string, clientKey: string): void {
		const keys = this.#keys.get(queue) ?? new Set();
		// More than two are no more than several.
		if (keys.size < 2) keys.add(clientKey);
		this.#keys.set(queue, keys);
	}

	areMultiple(queue: string): boolean {
		return (this.#keys.get(queue)?.size ?? 0) > 1;
	}

	forget(queue: string): void {
		this.#keys.delete(queue);
	}
}
