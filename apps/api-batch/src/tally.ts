import { RateMeter } from './rate-meter.ts';

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
	/** How many of the requests of this run were answered with 401. */
	unauthorized = 0;
	readonly #rate = new RateMeter();
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

	/** Requests of this run a second, of late; undefined before that is known. */
	get perSecond(): number | undefined {
		return this.#rate.perSecond(performance.now());
	}

	/** Requests are about to be sent. */
	startRate(): void {
		this.#rate.start(performance.now());
	}

	/** A request ended. @param failure says what failed; undefined for a success. */
	countRequest(failure: string | undefined, status: number | undefined): void {
		this.#rate.add(performance.now());
		if (status === 401) this.unauthorized += 1;
		this.count(failure);
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
