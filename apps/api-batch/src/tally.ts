/** How many failures are shown one by one. */
const MOST_SHOWN = 10;

/** Counts what becomes of the lines. */
export class Tally {
	/** Lines of the input, as soon as that is known. */
	lines: number | undefined;
	/** Lines with nothing on them, of those that were read. */
	blank = 0;
	/** In this run. */
	succeeded = 0;
	/** In this run. */
	failed = 0;
	/** Skipped, because they succeeded in an earlier run. */
	succeededBefore = 0;
	/** Skipped, because they failed in an earlier run. */
	failedBefore = 0;
	/** The first failures of this run, each in one sentence. */
	readonly failures: string[] = [];
	readonly #startedAt: number = performance.now();

	/** How many requests there are, as far as that is known. */
	get total(): number | undefined {
		return this.lines === undefined ? undefined : this.lines - this.blank;
	}

	/** Those of this run. */
	get finished(): number {
		return this.succeeded + this.failed;
	}

	/** All lines that need no more work. */
	get done(): number {
		return this.finished + this.succeededBefore + this.failedBefore;
	}

	get elapsedMs(): number {
		return performance.now() - this.#startedAt;
	}

	/** @param failure says what failed; undefined for a success. */
	count(failure: string | undefined): void {
		if (failure === undefined) {
			this.succeeded += 1;
			return;
		}
		this.failed += 1;
		if (this.failures.length < MOST_SHOWN) this.failures.push(failure);
	}
}
