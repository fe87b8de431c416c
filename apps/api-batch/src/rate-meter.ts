/** How far back the rate is measured. */
const WINDOW_S = 10;

/** How many requests a second end, over the last ten seconds. */
export class RateMeter {
	/** The seconds of the window and the one under way, by their number: how many ended in each tenth of them. */
	readonly #tenths = new Uint32Array((WINDOW_S + 1) * 10);
	#startedAtMs: number | undefined;
	#newest = 0;

	/** The requests begin; what came before that does not count. */
	start(nowMs: number): void {
		this.#startedAtMs ??= nowMs;
	}

	/** One ended. */
	add(nowMs: number): void {
		this.start(nowMs);
		const index = this.#moveTo(nowMs) % this.#tenths.length;
		this.#tenths[index] = (this.#tenths[index] ?? 0) + 1;
	}

	/**
	 * Undefined in the first second. Before ten have passed it is measured over whole seconds: a limit of so many a second
	 * lets them go at its beginning, and half a second would look twice as fast as it is.
	 */
	perSecond(nowMs: number): number | undefined {
		const seconds = Math.min(WINDOW_S, Math.floor((nowMs - (this.#startedAtMs ?? nowMs)) / 1_000));
		if (seconds === 0) return undefined;
		const newest = this.#moveTo(nowMs);
		let ended = 0;
		for (let tenth = Math.max(0, newest - seconds * 10); tenth < newest; tenth++) {
			ended += this.#tenths[tenth % this.#tenths.length] ?? 0;
		}
		return ended / seconds;
	}

	/** The number of the tenth that `nowMs` is in; those that were skipped are emptied. */
	#moveTo(nowMs: number): number {
		const now = Math.max(this.#newest, Math.floor((nowMs - (this.#startedAtMs ?? nowMs)) / 100));
		const from = Math.max(this.#newest + 1, now - this.#tenths.length + 1);
		for (let tenth = from; tenth <= now; tenth++) this.#tenths[tenth % this.#tenths.length] = 0;
		this.#newest = now;
		return now;
	}
}
