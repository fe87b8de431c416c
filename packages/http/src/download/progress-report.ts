import type { DownloadProgress, ProgressFacts } from './progress-meter.ts';
import { ProgressMeter } from './progress-meter.ts';

const PERIOD_MS = 100;

/** When nothing arrives, the speed still falls. */
const STILL_PERIODS = 10;

/** Tells the caller how far a download has come: at most ten times a second, and at the end. */
export class ProgressReport implements Disposable {
	readonly #meter = new ProgressMeter();
	readonly #onProgress: ((progress: DownloadProgress) => void) | undefined;
	readonly #facts: () => ProgressFacts;
	readonly #timer: NodeJS.Timeout | undefined;
	#bytes = -1;
	#periods = 0;

	/** @param onError told what `onProgress` throws. */
	constructor(
		onProgress: ((progress: DownloadProgress) => void) | undefined,
		facts: () => ProgressFacts,
		onError: (error: unknown) => void,
	) {
		this.#onProgress = onProgress;
		this.#facts = facts;
		if (onProgress === undefined) return;
		this.#timer = setInterval(() => {
			try {
				this.#tell();
			} catch (error) {
				onError(error);
			}
		}, PERIOD_MS);
	}

	/** Tells it once more, now. */
	last(): void {
		clearInterval(this.#timer);
		this.#onProgress?.(this.#meter.measure(this.#facts()));
	}

	[Symbol.dispose](): void {
		clearInterval(this.#timer);
	}

	#tell(): void {
		const facts = this.#facts();
		this.#periods += 1;
		if (facts.bytes === this.#bytes && this.#periods % STILL_PERIODS !== 0) return;
		this.#bytes = facts.bytes;
		this.#onProgress?.(this.#meter.measure(facts));
	}
}
