import { InvalidRequestError } from '../errors.ts';

/** How far a late wake-up may be made good: more would be a burst, less would lose speed to every timer that is late. */
const CATCH_UP_MS = 5;

/**
 * A limit that several downloads share: pass one object as the `maxBytesPerSecond` of each.
 *
 * It spreads bytes evenly over time, whoever asks for them, and saves nothing up while nobody asks, so that in no second
 * more than `bytesPerSecond` pass, but for the last piece and half a percent.
 */
export class BandwidthLimit {
	readonly #bytesPerMs: number;
	readonly #now: () => number;
	#freeAt = 0;

	/**
	 * @param bytesPerSecond above 0.
	 * @param now a clock in milliseconds that does not go back.
	 * @throws InvalidRequestError for another number.
	 */
	constructor(bytesPerSecond: number, now: () => number = () => performance.now()) {
		if (!(typeof bytesPerSecond === 'number' && bytesPerSecond > 0)) {
			throw new InvalidRequestError(`maxBytesPerSecond is ${String(bytesPerSecond)}: give a number above 0.`);
		}
		this.#bytesPerMs = bytesPerSecond / 1_000;
		this.#now = now;
	}

	/** Takes the place of `bytes` in the queue. @returns how many milliseconds they have to wait. */
	reserve(bytes: number): number {
		const now = this.#now();
		const startsAt = Math.max(this.#freeAt, now - CATCH_UP_MS);
		this.#freeAt = startsAt + bytes / this.#bytesPerMs;
		return Math.max(0, startsAt - now);
	}
}
