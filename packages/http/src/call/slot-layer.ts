import { AbortedError, TimeoutError } from '../errors.ts';
import type { Slot } from '../limits/slot.ts';
import type { SlotQueue } from '../limits/slot-queue.ts';
import { SlotTimeout } from '../limits/slot-timeout.ts';
import type { Send, TransportRequest } from '../transport/transport.ts';

/** Gives each request a slot, from before it is sent until its connection is free or gone. */
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
		return (request) => {
			const slot = slots.tryAcquire(request.origin);
			if (slot !== undefined) return sendIn(slot, request, request.totalAt);
			return waitForSlot(slots, request).then(({ slot, waitedMs }) => {
				request.onWaited?.(waitedMs);
				return sendIn(slot, request, request.totalAt + waitedMs);
			});
		};
	};
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
