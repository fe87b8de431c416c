/** How far a download has come. */
export interface DownloadProgress {
	/** Bytes of the file that are here, those of an earlier run included. */
	readonly bytes: number;
	/** Size of the file, where the server tells it. */
	readonly total: number | undefined;
	/** Mean of the last seconds. */
	readonly bytesPerSecond: number;
	/** At this speed; `undefined` when that cannot be told. */
	readonly secondsLeft: number | undefined;
	/** Connections that are being read. */
	readonly segments: number;
	/** Bytes that an earlier run had left. */
	readonly resumedFrom: number;
	/** How often everything was thrown away and begun again. */
	readonly restarts: number;
}

/** What the meter is told; it knows the clock itself. */
export type ProgressFacts = Omit<DownloadProgress, 'bytesPerSecond' | 'secondsLeft'>;

/** The mean is taken over this time. */
const WINDOW_MS = 5_000;

interface Sample {
	readonly at: number;
	readonly bytes: number;
}

/** Turns byte counts into speed and time left. */
export class ProgressMeter {
	readonly #now: () => number;
	#samples: Sample[] = [];
	#restarts = 0;

	/** @param now a clock in milliseconds that does not go back. */
	constructor(now: () => number = () => performance.now()) {
		this.#now = now;
	}

	measure(facts: ProgressFacts): DownloadProgress {
		const { bytes, total, restarts } = facts;
		const at = this.#now();
		// What was thrown away says nothing of the speed.
		if (restarts !== this.#restarts) this.#samples = [];
		this.#restarts = restarts;
		this.#samples.push({ at, bytes });
		while (this.#samples.length > 2 && at - (this.#samples[1]?.at ?? at) >= WINDOW_MS) this.#samples.shift();
		const oldest = this.#samples[0] ?? { at, bytes };
		const bytesPerSecond = at === oldest.at ? 0 : ((bytes - oldest.bytes) * 1_000) / (at - oldest.at);
		const left = total === undefined ? undefined : total - bytes;
		return { ...facts, bytesPerSecond, secondsLeft: secondsFor(left, bytesPerSecond) };
	}
}

function secondsFor(left: number | undefined, bytesPerSecond: number): number | undefined {
	if (left === 0) return 0;
	return left === undefined || bytesPerSecond <= 0 ? undefined : left / bytesPerSecond;
}
