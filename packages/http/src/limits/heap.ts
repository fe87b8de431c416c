/** What a heap holds: its rank must not change while it is in there. */
export interface Ranked {
	/** The lowest comes first. */
	rank: number;
	/** Kept by the heap: where in it the item is, or -1. */
	heapIndex: number;
}

/** A binary heap that can let go of any item, not only of the first, in logarithmic time. */
export class Heap<Item extends Ranked> {
	readonly #items: Item[] = [];

	get first(): Item | undefined {
		return this.#items[0];
	}

	push(item: Item): void {
		this.#items.push(item);
		this.#rise(item, this.#items.length - 1);
	}

	/** Takes `item` out, which must be in this heap. */
	remove(item: Item): void {
		const index = item.heapIndex;
		item.heapIndex = -1;
		const last = this.#items.pop();
		if (last === undefined || last === item) return;
		if (this.#rise(last, index) === index) this.#sink(last, index);
	}

	/** Puts `item` at `index` or as far above as it belongs; tells where. */
	#rise(item: Item, index: number): number {
		const items = this.#items;
		let at = index;
		while (at > 0) {
			const parentAt = (at - 1) >> 1;
			const parent = items[parentAt] as Item;
			if (parent.rank <= item.rank) break;
			this.#put(parent, at);
			at = parentAt;
		}
		this.#put(item, at);
		return at;
	}

	#sink(item: Item, index: number): void {
		const items = this.#items;
		let at = index;
		for (;;) {
			let childAt = 2 * at + 1;
			let child = items[childAt];
			if (child === undefined) break;
			const right = items[childAt + 1];
			if (right !== undefined && right.rank < child.rank) {
				child = right;
				childAt += 1;
			}
			if (item.rank <= child.rank) break;
			this.#put(child, at);
			at = childAt;
		}
		this.#put(item, at);
	}

	#put(item: Item, index: number): void {
		this.#items[index] = item;
		item.heapIndex = index;
	}
}
