import { constants } from 'node:http2';
import { describe, expect, it } from 'vitest';
import { http2Detail, isForbiddenInHttp2, isHttp2Violation } from '../../src/undici/h2-failure.ts';

const withCode = (code: string, http2ErrorCode?: number): Error =>
	Object.assign(new Error('why'), { code, http2ErrorCode });

describe('isHttp2Violation', () => {
	it.each([
		['what nghttp2 cannot read', withCode('ERR_HTTP2_ERROR', constants.NGHTTP2_INTERNAL_ERROR), true],
		['a broken stream', withCode('ERR_HTTP2_STREAM_ERROR', constants.NGHTTP2_PROTOCOL_ERROR), true],
		['a broken connection', withCode('ERR_HTTP2_SESSION_ERROR', constants.NGHTTP2_COMPRESSION_ERROR), true],
		['a server that wants HTTP/1.1', withCode('ERR_HTTP2_STREAM_ERROR', constants.NGHTTP2_HTTP_1_1_REQUIRED), true],
		['a server that failed', withCode('ERR_HTTP2_STREAM_ERROR', constants.NGHTTP2_INTERNAL_ERROR), false],
		['a server that is busy', withCode('ERR_HTTP2_STREAM_ERROR', constants.NGHTTP2_REFUSED_STREAM), false],
		['an end without a code', withCode('ERR_HTTP2_STREAM_ERROR'), false],
		['a lost socket', withCode('UND_ERR_SOCKET', constants.NGHTTP2_PROTOCOL_ERROR), false],
		['an error without a code', new Error('why'), false],
	])('%s', (_name, error, expected) => {
		expect(isHttp2Violation(error)).toBe(expected);
	});
});

it('a server that wants HTTP/1.1 is explained', () => {
	const error = withCode('ERR_HTTP2_STREAM_ERROR', constants.NGHTTP2_HTTP_1_1_REQUIRED);
	expect(http2Detail(error, 'why.')).toContain('use a client without http2');
	expect(http2Detail(withCode('ERR_HTTP2_STREAM_ERROR', constants.NGHTTP2_PROTOCOL_ERROR), 'why.')).toBe('why.');
});

it('forbidden fields are told by the message alone', () => {
	expect(isForbiddenInHttp2(new Error('HTTP/1 Connection specific headers are forbidden: "te"'))).toBe(true);
	expect(isForbiddenInHttp2(new Error('why'))).toBe(false);
});
