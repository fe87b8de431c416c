import { Deadline } from './deadline.ts';
import type { TimeoutPhase } from './errors.ts';

/** Watches the phase a request is in, and the whole call at the same time. Times are those of `performance.now()`. */
export class PhaseTimer {
	#totalAt: number;
	readonly #deadline: Deadline;
	#phase: TimeoutPhase = 'total';
	#phaseAt = Number.POSITIVE_INFINITY;

	/** `onExpire` is called once, with what ran out. */
	constructor(totalAt: number, onExpire: (phase: TimeoutPhase) => void) {
		this.#totalAt = totalAt;
		this.#deadline = new Deadline(() => onExpire(this.#totalAt <= this.#phaseAt ? 'total' : this.#phase));
		this.#deadline.set(totalAt, performance.now());
	}

	/** From `now` on, `phase` may take `limitMs`; entering it again starts it anew. */
	enter(phase: TimeoutPhase, limitMs: number, now: number): void {
		this.#phase = phase;
		this.#phaseAt = now + limitMs;
		this.#deadline.set(Math.min(this.#phaseAt, this.#totalAt), now);
	}

	/** From now on only the phases are limited. */
	liftTotal(): void {
		this.#totalAt = Number.POSITIVE_INFINITY;
		this.#deadline.set(this.#phaseAt, performance.now());
	}

	stop(): void {
		this.#deadline.clear();
	}
}
