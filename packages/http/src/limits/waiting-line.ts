/** What stands in a line. The links are the line's own. */
export interface InLine {
	before: this | undefined;
	behind: this | undefined;
}

/** First come, first served; anybody may leave it at once, from the middle too. */
export class WaitingLine<Item extends InLine> {
	#first: Item | undefined;
	#last: Item | undefined;

	get first(): Item | undefined {
		return this.#first;
	}

	join(item: Item): void {
		item.before = this.#last;
		if (this.#last === undefined) this.#first = item;
		else this.#last.behind = item;
		this.#last = item;
	}

	/** Takes `item` out, which must be in this line. */
	leave(item: Item): void {
		const { before, behind } = item;
		if (before === undefined) this.#first = behind;
		else before.behind = behind;
		if (behind === undefined) this.#last = before;
		else behind.before = before;
		item.before = undefined;
		item.behind = undefined;
	}
}
