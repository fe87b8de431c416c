import { constants } from 'node:http2';

/** Whether one of the two sides did not keep to HTTP/2 (RFC 9113 §7), so that asking again will hardly help. */
export function isHttp2Violation(error: Error): boolean {
	const code = 'code' in error ? error.code : undefined;
	if (code === 'ERR_HTTP2_ERROR') return true; // nghttp2 gave up what it read.
	return typeof code === 'string' && code.startsWith('ERR_HTTP2_') && VIOLATIONS.has(http2Code(error));
}

/** Fields such as TE that HTTP/1.1 has and HTTP/2 forbids (RFC 9113 §8.2.2). undici wraps the error and drops its code. */
export function isForbiddenInHttp2(error: Error): boolean {
	return error.message.startsWith('HTTP/1 Connection specific headers are forbidden');
}

/** The way out, where there is one. */
export function http2Detail(error: Error, detail: string): string {
	return http2Code(error) === constants.NGHTTP2_HTTP_1_1_REQUIRED
		? 'the server wants HTTP/1.1 for it: use a client without http2.'
		: detail;
}

const VIOLATIONS: ReadonlySet<number | undefined> = new Set([
	constants.NGHTTP2_PROTOCOL_ERROR,
	constants.NGHTTP2_FLOW_CONTROL_ERROR,
	constants.NGHTTP2_STREAM_CLOSED,
	constants.NGHTTP2_FRAME_SIZE_ERROR,
	constants.NGHTTP2_COMPRESSION_ERROR,
	constants.NGHTTP2_HTTP_1_1_REQUIRED,
]);

/** The code of RFC 9113 §7 that undici adds to an error. */
function http2Code(error: Error): number | undefined {
	return 'http2ErrorCode' in error && typeof error.http2ErrorCode === 'number' ? error.http2ErrorCode : undefined;
}
