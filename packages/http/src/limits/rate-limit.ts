import { requireKnownNames } from '../check-names.ts';
import { wholeNumber } from '../check-numbers.ts';
import { optionalSignal } from '../check-signal.ts';
import { InvalidRequestError } from '../errors.ts';
import type { Rate } from './sliding-window.ts';
import type { Slot } from './slot.ts';
import { SlotQueue } from './slot-queue.ts';

export interface RateLimitCallOptions extends Rate {
	/** When it fires, all that wait and all later calls reject with its reason. What runs is left alone. */
	readonly signal?: AbortSignal;
}

/** A function whose calls are spread over time. */
export interface RateLimited<This, Args extends unknown[], Result> {
	/** Calls the function as soon as the rate allows: at once, or after those that came before. */
	(this: This, ...args: Args): Promise<Awaited<Result>>;
	/**
	 * The same function under the same limit, whose calls reject with the reason of `signal` if that fires while they wait:
	 * `await limited.withSignal(signal)(url)`.
	 */
	withSignal(signal: AbortSignal): (this: This, ...args: Args) => Promise<Awaited<Result>>;
	/** Calls that wait for their turn. */
	readonly pending: number;
}

/**
 * Spreads the calls of `fn` over time: in no window of `periodMs`, however it is laid, do more than `maxCalls` begin.
 * Those beyond wait, first come, first served. A call that throws counts like any other. It limits how often calls begin,
 * not how many run at once.
 *
 * A call counts from the end of its synchronous part, so the limit holds for whatever time `fn` itself takes as its
 * beginning.
 *
 * @throws InvalidRequestError when `maxCalls` or `periodMs` is not a whole number from 1.
 */
export function rateLimit<This, Args extends unknown[], Result>(
	fn: (this: This, ...args: Args) => Result,
	options: RateLimitCallOptions,
): RateLimited<This, Args, Result> {
	requireKnownNames('rateLimit', options, ['maxCalls', 'periodMs', 'signal']);
	if (typeof fn !== 'function') {
		throw new InvalidRequestError(`rateLimit was given a value of type ${typeof fn}: give a function.`);
	}
	const rate: Rate = {
		maxCalls: wholeNumber('rateLimit.maxCalls', options.maxCalls, 1),
		periodMs: wholeNumber('rateLimit.periodMs', options.periodMs, 1),
	};
	optionalSignal('rateLimit.signal', options.signal);
	const slots = new SlotQueue({ total: Number.POSITIVE_INFINITY, perHost: Number.POSITIVE_INFINITY, rate });

	async function start(self: This, args: Args, signal: AbortSignal | undefined): Promise<Awaited<Result>> {
		signal?.throwIfAborted();
		const slot = slots.tryAcquire('') ?? (await slots.acquire('', { signal }));
		return await begin(slot, signal, () => fn.apply(self, args));
	}

	const limited = function (this: This, ...args: Args): Promise<Awaited<Result>> {
		return start(this, args, options.signal);
	};
	return Object.defineProperties(limited, {
		pending: { get: () => slots.waiting },
		withSignal: {
			value: (signal: AbortSignal) => {
				optionalSignal('withSignal', signal);
				const either = options.signal === undefined ? signal : AbortSignal.any([options.signal, signal]);
				return function (this: This, ...args: Args): Promise<Awaited<Result>> {
					return start(this, args, either);
				};
			},
		},
	}) as RateLimited<This, Args, Result>;
}

/** A call that was given up between its grant and now does not count. */
function begin<Result>(slot: Slot, signal: AbortSignal | undefined, call: () => Result): Result {
	try {
		signal?.throwIfAborted();
		try {
			return call();
		} finally {
			slot.sent(performance.now());
		}
	} finally {
		slot.release();
	}
}
