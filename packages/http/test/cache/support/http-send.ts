import { type IncomingMessage, request as openRequest } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import {
	BodyTooLargeError,
	ConnectError,
	ConnectionLostError,
	InvalidRequestError,
	type RequestLabel,
} from '../../../src/errors.ts';
import type { CollectedBody, CollectLimit, ResponseBody } from '../../../src/response/response-body.ts';
import type { Send } from '../../../src/transport/transport.ts';

/** Sends requests with node:http, one connection each: what stands under a cache in tests. */
export const httpSend: Send = (request) => {
	const { method, url, headers, signal, body } = request;
	return new Promise((resolve, reject) => {
		const sentAt = performance.now();
		const outgoing = openRequest(url, {
			method,
			headers: ['host', new URL(url).host, ...headers],
			agent: false,
			...(signal !== undefined && { signal }),
		});
		outgoing.on('error', (error) => reject(new ConnectError(request, 'other', 'it failed.', error)));
		outgoing.on('close', () => request.onFinished());
		outgoing.on('response', (message) => {
			resolve({
				status: message.statusCode ?? 0,
				statusText: message.statusMessage ?? '',
				headers: message.headers,
				body: new MessageBody(request, message, request.decode),
				sentAt,
				headersAt: performance.now(),
			});
		});
		request.onSent();
		outgoing.end(body?.bytes);
	});
};

class MessageBody implements ResponseBody {
	readonly #request: RequestLabel;
	readonly #message: IncomingMessage;
	readonly #encoded: boolean;
	#taken = false;
	wireBytes = 0;

	constructor(request: RequestLabel, message: IncomingMessage, decode: boolean) {
		this.#request = request;
		this.#message = message;
		this.#encoded = decode && message.headers['content-encoding'] === 'gzip';
		message.on('error', () => undefined);
	}

	async collect({ maxBytes, overflow }: CollectLimit): Promise<CollectedBody> {
		const pieces: Buffer[] = [];
		let length = 0;
		for await (const piece of this) {
			pieces.push(piece);
			length += piece.length;
			if (length > maxBytes && overflow === 'error') throw new BodyTooLargeError(this.#request, maxBytes, 'received');
		}
		return { bytes: Buffer.concat(pieces).subarray(0, maxBytes), truncated: length > maxBytes };
	}

	[Symbol.asyncIterator](): AsyncIterator<Buffer> {
		if (this.#taken) throw new InvalidRequestError('has a body that was read already.', this.#request);
		this.#taken = true;
		return this.#pieces();
	}

	discard(): void {
		this.#taken = true;
		this.#message.destroy();
	}

	async *#pieces(): AsyncGenerator<Buffer, void> {
		try {
			const decoded: Readable = this.#encoded ? this.#message.pipe(createGunzip()) : this.#message;
			for await (const piece of decoded) yield piece as Buffer;
		} catch (error) {
			throw new ConnectionLostError(this.#request, 'it broke off.', error);
		} finally {
			this.#message.destroy();
		}
	}
}
