/** What is written down, and how. */
export interface CheckpointSteps {
	/** Hands what has arrived to the operating system, as far as it takes it. */
	flush(): Promise<void>;
	/** Describes what the operating system has now, for storing it later; `undefined` when that is nothing new. */
	snapshot(): (() => Promise<void>) | undefined;
	/** Brings that to the disk. */
	sync(): Promise<void>;
}

/** No more than this is lost by a kill or a power cut: the first time comes early, for runs that are short. */
const MAX_PERIOD_MS = 1_000;
const FIRST_PERIOD_MS = 200;

/**
 * Writes down now and then what is surely on the disk: first what is there is described, then brought to the disk, and
 * only then the description is stored. Bytes go on arriving meanwhile.
 */
export class Checkpoints {
	readonly #steps: CheckpointSteps;
	readonly #onFailure: (error: unknown) => void;
	#timer: NodeJS.Timeout | undefined;
	#running: Promise<void> | undefined;
	#stopped = false;
	#periodMs = FIRST_PERIOD_MS;

	constructor(steps: CheckpointSteps, onFailure: (error: unknown) => void) {
		this.#steps = steps;
		this.#onFailure = onFailure;
		this.#schedule();
	}

	/** No more of them. Resolves when the last one is done. */
	async stop(): Promise<void> {
		this.#stopped = true;
		clearTimeout(this.#timer);
		await this.#running;
	}

	/** One now. Only when stopped. */
	async last(): Promise<void> {
		await this.#steps.flush();
		const store = this.#steps.snapshot();
		if (store === undefined) return;
		await this.#steps.sync();
		await store();
	}

	#schedule(): void {
		this.#timer = setTimeout(() => {
			this.#running = this.last()
				.catch((error: unknown) => {
					if (!this.#stopped) this.#onFailure(error);
				})
				.finally(() => {
					if (!this.#stopped) this.#schedule();
				});
		}, this.#periodMs);
		this.#periodMs = Math.min(MAX_PERIOD_MS, 2 * this.#periodMs);
	}
}
