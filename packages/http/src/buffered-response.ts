import type { WholeAnswer } from './call/read-whole.ts';
import type { ResponseHeaders } from './response-headers.ts';

/** When things happened, in milliseconds since the call. With redirects, the times are those of the last request. */
export interface ResponseTimings {
	/** The request was written to a connected socket. */
	readonly sentMs: number;
	/** The response headers were complete. */
	readonly headersMs: number;
	/** The body was complete and decoded. */
	readonly totalMs: number;
}

/** A whole response in memory. */
export interface BufferedResponse {
	/** Any status: 404 and 500 are answers, not errors. */
	readonly status: number;
	readonly statusText: string;
	/** As received; Content-Encoding and Content-Length describe the body on the wire, not `body`. */
	readonly headers: ResponseHeaders;
	/** The URL that answered, without credentials. */
	readonly url: string;
	/** The URLs redirected to, in order, the last being `url`; empty when there was no redirect. */
	readonly redirectUrls: readonly string[];
	/** Decoded. Empty for HEAD, 204, 304 and discarded bodies. */
	readonly body: Buffer;
	/** `onHead` gave up the body. */
	readonly discarded: boolean;
	/** The body goes on after its first `maxBodyBytes`, which are all that `overflow: 'truncate'` lets in. */
	readonly truncated: boolean;
	/** Bytes of the body that arrived, before decoding. */
	readonly wireBytes: number;
	readonly timings: ResponseTimings;
}

/** A whole answer as `read` hands it out. */
export function bufferedResponse(answer: WholeAnswer): BufferedResponse {
	const { response, event, redirectUrls, calledAt, bytes, discarded, truncated } = answer;
	const { status, statusText, headers, sentAt, headersAt, body } = response;
	return {
		status,
		statusText,
		headers,
		url: event.url,
		redirectUrls,
		body: bytes,
		discarded,
		truncated,
		wireBytes: body.wireBytes,
		timings: {
			sentMs: sentAt - calledAt,
			headersMs: headersAt - calledAt,
			totalMs: performance.now() - calledAt,
		},
	};
}
