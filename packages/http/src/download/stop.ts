import { AbortedError, type RequestLabel, TimeoutError } from '../errors.ts';

/** What ends a download early, whatever it is doing: the reason of `signal` is the error to end with. */
export class Stop implements Disposable {
	readonly #controller = new AbortController();
	readonly #outer: AbortSignal | undefined;
	readonly #onAbort: () => void;
	readonly #timer: NodeJS.Timeout | undefined;

	/** @param totalMs for all of it; `Infinity` for no limit. */
	constructor(request: RequestLabel, outer: AbortSignal | undefined, totalMs: number) {
		this.#outer = outer;
		this.#onAbort = () => this.now(new AbortedError(request, 'its signal fired.', outer?.reason));
		if (outer?.aborted) this.#onAbort();
		else outer?.addEventListener('abort', this.#onAbort);
		if (totalMs < MAX_TIMER_MS) {
			this.#timer = setTimeout(() => this.now(new TimeoutError(request, 'total', totalMs)), totalMs);
		}
	}

	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	now(error: unknown): void {
		this.#controller.abort(error);
	}

	[Symbol.dispose](): void {
		clearTimeout(this.#timer);
		this.#outer?.removeEventListener('abort', this.#onAbort);
	}
}

/** Beyond this, 24 days, timers of Node fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;
