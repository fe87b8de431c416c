/**
 * Watches many waits with one listener on each signal. A listener for each wait would make thousands of waits on one
 * signal slow, because an EventTarget goes through all it has to add or remove one.
 */
export class AbortWatch<Item> {
	readonly #onAbort: (item: Item, reason: unknown) => void;
	readonly #watched = new Map<AbortSignal, Watched<Item>>();

	/** `onAbort` is called for each item of a signal that fires, in the order they were added. */
	constructor(onAbort: (item: Item, reason: unknown) => void) {
		this.#onAbort = onAbort;
	}

	/** The signal must not have fired yet. */
	add(signal: AbortSignal, item: Item): void {
		let watched = this.#watched.get(signal);
		if (watched === undefined) {
			watched = { items: new Set(), listener: () => this.#fired(signal) };
			this.#watched.set(signal, watched);
			signal.addEventListener('abort', watched.listener);
		}
		watched.items.add(item);
	}

	/** With its last item a signal loses its listener. */
	delete(signal: AbortSignal, item: Item): void {
		const watched = this.#watched.get(signal);
		if (watched === undefined) return;
		watched.items.delete(item);
		if (watched.items.size === 0) this.#forget(signal, watched);
	}

	#fired(signal: AbortSignal): void {
		const watched = this.#watched.get(signal);
		if (watched === undefined) return;
		for (const item of watched.items) {
			watched.items.delete(item);
			this.#onAbort(item, signal.reason);
		}
		this.#forget(signal, watched);
	}

	#forget(signal: AbortSignal, watched: Watched<Item>): void {
		this.#watched.delete(signal);
		signal.removeEventListener('abort', watched.listener);
	}
}

interface Watched<Item> {
	readonly items: Set<Item>;
	readonly listener: () => void;
}
