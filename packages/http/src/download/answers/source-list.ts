import { DownloadError } from '../download-error.ts';
import type { Source } from './source.ts';
import { Tries, type TryLimits } from './tries.ts';

/** The URL and its mirrors, and which of them is asked now. */
export class SourceList {
	readonly all: readonly Source[];
	readonly #limits: TryLimits;
	readonly #signal: AbortSignal;
	#current: Source;
	#tries: Tries;
	#turn = 0;

	constructor(all: readonly [Source, ...Source[]], limits: TryLimits, signal: AbortSignal) {
		this.all = all;
		this.#limits = limits;
		this.#signal = signal;
		this.#current = all[0];
		this.#tries = this.newTries(signal);
	}

	get current(): Source {
		return this.#current;
	}

	/** For asking the current one for the whole: what arrives is lost when it breaks off, so these never count anew. */
	get tries(): Tries {
		return this.#tries;
	}

	/** Those that have not failed. */
	get usable(): Source[] {
		return this.all.filter(({ failure }) => failure === undefined);
	}

	/** Those that have not failed, in turn from the current one on, so that each has its share. */
	shared(): Source {
		const usable = this.usable.toSorted(
			(one, other) => Number(other === this.#current) - Number(one === this.#current),
		);
		const source = usable[this.#turn % usable.length] ?? this.#current;
		this.#turn += 1;
		return source;
	}

	/** For asking a source for a part. */
	newTries(signal: AbortSignal): Tries {
		return new Tries(this.#limits, signal);
	}

	/** Ask this one. */
	use(source: Source): void {
		if (source === this.#current) return;
		this.#current = source;
		this.#tries = this.newTries(this.#signal);
	}

	/**
	 * The current one failed: ask the next.
	 *
	 * @throws when there is none: `failure`, or with mirrors a DownloadError that tells what each failed with.
	 */
	giveUp(failure: Error): void {
		this.#current.fail(failure);
		const next = this.usable[0];
		if (next !== undefined) {
			this.use(next);
			return;
		}
		if (this.all.length === 1) throw failure;
		const failures = this.all.map((source) => source.failure ?? failure);
		const [first] = this.all;
		const detail = `could not be had, nor from a mirror:\n${failures.map(({ message }) => `  ${message}`).join('\n')}`;
		const cause = new AggregateError(failures, 'Each source failed.');
		throw new DownloadError(first?.label ?? this.#current.label, 'sources', detail, { cause });
	}
}
