import { AbortedError, TimeoutError } from '../errors.ts';
import type { Slot } from '../limits/slot.ts';
import type { SlotQueue } from '../limits/slot-queue.ts';
import { SlotTimeout } from '../limits/slot-timeout.ts';
import { type HeaderList, keepHeaders } from '../request-headers.ts';
import type { Send, TransportRequest } from '../transport/transport.ts';

/**
 * How often a request lets its slot go because there is no token. Each time others get on, unless the rate allows fewer
 * requests than tokens are needed for: then the server has to say so.
 */
const MAX_TURNS = 100;

/**
 * Gives each request a slot, from before it is sent until its connection is free or gone. Credentials are those of the
 * moment when it is sent: a token that was good when the wait for a slot began may be over at its end.
 */
export function slotLayer(slots: SlotQueue): (next: Send) => Send {
	return (next) => {
		const sendIn = (slot: Slot, request: TransportRequest, totalAt: number): ReturnType<Send> =>
			next({
				...request,
				totalAt,
				onSent: () => {
					slot.sent(performance.now());
					request.onSent();
				},
				onFinished: () => {
					slot.release();
					request.onFinished();
				},
			});
		const sendLater = async (request: TransportRequest): ReturnType<Send> => {
			let { totalAt } = request;
			for (let turn = 1; ; turn++) {
				const { slot, waitedMs } = await waitForSlot(slots, request);
				request.onWaited?.(waitedMs);
				totalAt += waitedMs;
				const headers = headersNow(request, slot);
				if (!(headers instanceof Promise)) return sendIn(slot, { ...request, headers }, totalAt);
				if (turn === MAX_TURNS) {
					headers.catch(() => undefined);
					return sendIn(slot, request, totalAt);
				}
				// A new token may need this very slot to be fetched in.
				slot.release();
				await headers;
			}
		};
		return (request) => {
			const slot = slots.tryAcquire(request.origin);
			return slot === undefined ? sendLater(request) : sendIn(slot, request, request.totalAt);
		};
	};
}

/** The headers with credentials that are good now; a promise where there are none yet. */
function headersNow(request: TransportRequest, slot: Slot): HeaderList | Promise<unknown> {
	if (request.authorizeAgain === undefined) return request.headers;
	try {
		const authorization = request.authorizeAgain();
		if (authorization instanceof Promise) return authorization;
		const headers = keepHeaders(request.headers, (name) => name !== 'authorization');
		return authorization === undefined ? headers : [...headers, 'authorization', authorization];
	} catch (error) {
		slot.release();
		throw error;
	}
}

async function waitForSlot(slots: SlotQueue, request: TransportRequest): Promise<{ slot: Slot; waitedMs: number }> {
	const since = performance.now();
	const { origin, signal, timeouts } = request;
	try {
		const slot = await slots.acquire(origin, { signal, timeoutMs: timeouts.poolMs });
		return { slot, waitedMs: performance.now() - since };
	} catch (error) {
		if (error instanceof SlotTimeout) throw new TimeoutError(request, 'pool', timeouts.poolMs);
		throw new AbortedError(request, signal?.aborted ? 'its signal fired.' : 'the client was destroyed.', error);
	}
}
