import type { BufferedResponse } from './buffered-response.ts';
import { type CallContext, type CallRequest, call } from './call/call.ts';
import type { ReadOptions } from './read-options.ts';
import type { CollectedBody } from './response/response-body.ts';

/** A call that wants all of the response. */
export interface ReadRequest extends Omit<CallRequest, 'finish'> {
	readonly overflow: 'error' | 'truncate';
	readonly onHead: ReadOptions['onHead'];
}

const NO_BODY: CollectedBody = { bytes: Buffer.alloc(0), truncated: false };

/** Makes a call and reads its response to the end, which is part of the try: half a body is asked for again. */
export async function read(context: CallContext, request: ReadRequest): Promise<BufferedResponse> {
	const { settings, overflow, onHead } = request;
	let discarded = false;
	let body = NO_BODY;
	const { response, event, redirectUrls, calledAt } = await call(context, {
		...request,
		finish: async ({ status, headers, body: source }, url) => {
			discarded = onHead?.({ status, headers, url }) === 'discard';
			if (discarded) source.discard();
			else body = await source.collect({ maxBytes: settings.maxBodyBytes, overflow });
		},
	});
	const { status, statusText, headers, sentAt, headersAt, body: source } = response;
	if (!discarded && context.observer.hears('body')) context.observer.tell('body', { ...event, bytes: body.bytes });
	return {
		status,
		statusText,
		headers,
		url: event.url,
		redirectUrls,
		body: body.bytes,
		discarded,
		truncated: body.truncated,
		wireBytes: source.wireBytes,
		timings: {
			sentMs: sentAt - calledAt,
			headersMs: headersAt - calledAt,
			totalMs: performance.now() - calledAt,
		},
	};
}
