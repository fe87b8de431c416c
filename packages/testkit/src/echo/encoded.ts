import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { Handler } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import { jsonReply } from '../server/json-reply.ts';

/** Content codings by their registered names (RFC 9110 section 8.4.1, RFC 7932, RFC 8878). */
export type ContentCoding = 'gzip' | 'br' | 'zstd' | 'deflate';

const compressors: Readonly<Record<ContentCoding, (body: string | Uint8Array) => Buffer>> = {
	gzip: gzipSync,
	br: brotliCompressSync,
	zstd: zstdCompressSync,
	deflate: deflateSync,
};

/** What `/gzip`, `/br`, `/zstd` and `/deflate` answer, once it is decoded. */
export interface EncodedAnswer {
	readonly coding: ContentCoding;
	/** What the client said it takes; `null` if nothing. It gets the same in any case. */
	readonly acceptEncoding: string | null;
	/** Text that is worth compressing. */
	readonly text: string;
}

/**
 * JSON in one content coding, asked for or not. Deflate is wrapped in zlib as it should be (RFC 9110 section
 * 8.4.1.2); `?raw` leaves the wrapping out, as some servers do.
 */
export function encoded(coding: ContentCoding): Handler {
	return (request, response, url) => {
		const acceptEncoding = request.headers['accept-encoding'] ?? null;
		const answer: EncodedAnswer = { coding, acceptEncoding, text: 'Once more with feeling. '.repeat(100) };
		const { body = '', headers = {} } = jsonReply(answer);
		const compress = coding === 'deflate' && url.searchParams.has('raw') ? deflateRawSync : compressors[coding];
		sendReply(response, { headers: { ...headers, 'Content-Encoding': coding }, body: compress(body) });
	};
}
