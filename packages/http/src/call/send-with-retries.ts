import { HttpError } from '../errors.ts';
import type { CallEvent } from '../events/events.ts';
import { decideRetry } from '../retry/decide-retry.ts';
import { parseRetryAfter } from '../retry/retry-after.ts';
import type { RetrySettings } from '../retry/retry-options.ts';
import type { Send, TransportRequest, TransportResponse } from '../transport/transport.ts';
import type { CallContext } from './call.ts';
import type { CallBudget } from './call-budget.ts';
import { pause } from './pause.ts';

/** A request, and what it may cost. */
export interface TriedRequest {
	readonly send: Send;
	readonly request: TransportRequest;
	readonly event: CallEvent;
	readonly budget: CallBudget;
	readonly retry: RetrySettings | undefined;
	/** Part of the try: see `CallRequest.finish`. */
	readonly finish: ((response: TransportResponse) => Promise<void>) | undefined;
}

/**
 * Sends one request until it brings something, or until another try is of no use. The response of the last try is
 * handed out with its body, whatever its status; the error of the last try is thrown.
 */
export async function sendWithRetries(
	context: Omit<CallContext, 'send'>,
	tried: TriedRequest,
): Promise<TransportResponse> {
	const { event, budget, retry, finish } = tried;
	for (;;) {
		let response: TransportResponse | undefined;
		let failure: unknown;
		const { totalAt } = budget;
		const request = totalAt === tried.request.totalAt ? tried.request : { ...tried.request, totalAt };
		try {
			response = await tried.send(request);
			if (retry === undefined || !retry.statuses.has(response.status)) {
				await finish?.(response);
				return response;
			}
		} catch (error) {
			response?.body.discard();
			// What is not ours was thrown by a function of the caller's, which is not asked twice.
			if (retry === undefined || !(error instanceof HttpError)) throw error;
			failure = error;
			response = undefined;
		}
		const decision = decideRetry(
			{
				method: request.method,
				headers: request.headers,
				repeatableBody: request.body?.repeatable ?? true,
				error: failure,
				status: response?.status,
				retryAfterMs: response && parseRetryAfter(response.headers['retry-after'], Date.now()),
				retries: budget.retries,
				remainingMs: budget.totalAt - performance.now(),
			},
			retry,
			Math.random(),
		);
		if (decision.action === 'give-up') {
			if (response === undefined) throw failure;
			await finish?.(response);
			return response;
		}
		response?.body.discard();
		budget.retries += 1;
		if (context.observer.hears('retry')) {
			const { delayMs } = decision;
			const { retries } = budget;
			context.observer.tell('retry', { ...event, retry: retries, delayMs, status: response?.status, error: failure });
		}
		await pause(decision.delayMs, request, context.ended);
	}
}
