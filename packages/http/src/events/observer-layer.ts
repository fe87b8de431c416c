import type { HeaderList } from '../request-headers.ts';
import type { CallFacts, Send, TransportRequest, TransportResponse } from '../transport/transport.ts';
import type { CallEvent } from './events.ts';
import type { Observer } from './observer.ts';

const NO_CALL: CallFacts = { callId: 0, calledAt: 0, retries: 0 };

/** Tells of each request that goes out, of its response and of its end. The innermost layer: it sees what is sent. */
export function observerLayer(observer: Observer): (next: Send) => Send {
	return (next) => (request) => {
		if (!observer.hears('request') && !observer.hears('response') && !observer.hears('end')) return next(request);
		return observedSend(observer, next, request);
	};
}

/** Tells of the responses that `send` took from the cache alone, which nobody further in has seen. */
export function tellingCached(observer: Observer, send: Send): Send {
	return async (request) => {
		const response = await send(request);
		if (response.cacheStatus === 'hit' && observer.hears('response')) tellResponse(observer, request, response);
		return response;
	};
}

async function observedSend(observer: Observer, next: Send, request: TransportRequest): Promise<TransportResponse> {
	const { calledAt, retries } = request.call ?? NO_CALL;
	if (observer.hears('request')) {
		observer.tell('request', {
			...eventOf(request),
			headers: pairs(request.headers),
			retries,
			bodyBytes: request.body === undefined ? 0 : request.body.length,
			body: request.body?.bytes,
		});
	}
	let finishedAt: number | undefined;
	let response: TransportResponse | undefined;
	const tellEnd = (wireBytes: number, at: number): void => {
		if (observer.hears('end')) observer.tell('end', { ...eventOf(request), wireBytes, totalMs: at - calledAt });
	};
	response = await next({
		...request,
		onFinished: () => {
			finishedAt = performance.now();
			request.onFinished();
			if (response !== undefined) tellEnd(response.body.wireBytes, finishedAt);
		},
	});
	if (observer.hears('response')) tellResponse(observer, request, response);
	// A short body may be over before its response is handed out.
	if (finishedAt !== undefined) tellEnd(response.body.wireBytes, finishedAt);
	return response;
}

function tellResponse(observer: Observer, request: TransportRequest, response: TransportResponse): void {
	const { calledAt } = request.call ?? NO_CALL;
	const { status, statusText, headers, cacheStatus, sentAt, headersAt } = response;
	const times = { sentMs: sentAt - calledAt, headersMs: headersAt - calledAt };
	observer.tell('response', { ...eventOf(request), status, statusText, headers, ...times, cacheStatus });
}

function eventOf({ call = NO_CALL, method, url }: TransportRequest): CallEvent {
	return { callId: call.callId, method, url };
}

function pairs(headers: HeaderList): [string, string][] {
	const list: [string, string][] = [];
	for (let i = 0; i < headers.length; i += 2) list.push([headers[i] ?? '', headers[i + 1] ?? '']);
	return list;
}
