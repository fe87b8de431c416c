import { createHash } from 'node:crypto';
import type { Handler } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import { jsonReply } from '../server/json-reply.ts';

/** What arrived of a body: the JSON that `/upload` answers. */
export interface Upload {
	readonly bytes: number;
	/** In hexadecimal. */
	readonly sha256: string;
	/** How it was framed and named; `null` where the field was not sent. */
	readonly contentLength: string | null;
	readonly transferEncoding: string | null;
	readonly contentType: string | null;
}

/** Reads a body of any size and keeps nothing of it. */
export const receiveUpload: Handler = async (request, response) => {
	const hash = createHash('sha256');
	let bytes = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		bytes += chunk.byteLength;
		hash.update(chunk);
	}
	const upload: Upload = {
		bytes,
		sha256: hash.digest('hex'),
		contentLength: request.headers['content-length'] ?? null,
		transferEncoding: request.headers['transfer-encoding'] ?? null,
		contentType: request.headers['content-type'] ?? null,
	};
	sendReply(response, jsonReply(upload));
};
