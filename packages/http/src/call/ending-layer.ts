import { AbortedError } from '../errors.ts';
import type { Send } from '../transport/transport.ts';

/**
 * Ends requests when `ended` fires: for a transport that is not the client's own, which stays open when the client is
 * destroyed.
 */
export function endingLayer(ended: AbortSignal): (next: Send) => Send {
	return (next) => async (request) => {
		const signal = request.signal === undefined ? ended : AbortSignal.any([ended, request.signal]);
		try {
			return await next({ ...request, signal });
		} catch (error) {
			request.onFinished(); // Harmless when it was called.
			if (!(error instanceof AbortedError) || !ended.aborted) throw error;
			throw new AbortedError(request, 'the client was destroyed.', error);
		}
	};
}
