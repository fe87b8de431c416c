import { Deadline } from '../deadline.ts';
import { AbortedError, type RequestLabel, TimeoutError } from '../errors.ts';

/** A request that waits for its credentials. */
export interface WaitingRequest extends RequestLabel {
	readonly signal: AbortSignal | undefined;
}

/** The end of the whole call, in terms of `performance.now()`. */
export interface TotalLimit {
	readonly totalAt: number;
	readonly totalMs: number;
}

/**
 * Waits for what several requests may share, no longer than this one may: the wait ends, what is waited for goes on.
 *
 * @throws AbortedError when the request's signal fires, TimeoutError when its call is over.
 */
export function boundedWait<T>(awaited: Promise<T>, request: WaitingRequest, limit?: TotalLimit): Promise<T> {
	const { signal } = request;
	return new Promise<T>((resolve, reject) => {
		const deadline = new Deadline(() => {
			signal?.removeEventListener('abort', abort);
			reject(new TimeoutError(request, 'total', limit?.totalMs ?? Number.POSITIVE_INFINITY));
		});
		const abort = (): void => {
			deadline.clear();
			reject(new AbortedError(request, 'its signal fired.', signal?.reason));
		};
		const settle = (): void => {
			deadline.clear();
			signal?.removeEventListener('abort', abort);
		};
		awaited.finally(settle).then(resolve, reject);
		if (signal?.aborted) abort();
		else {
			signal?.addEventListener('abort', abort, { once: true });
			if (limit !== undefined) deadline.set(limit.totalAt, performance.now());
		}
	});
}
