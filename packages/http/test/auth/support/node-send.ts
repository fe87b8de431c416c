import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { CollectedBody, ResponseBody } from '../../../src/response/response-body.ts';
import type { Send, TransportRequest, TransportResponse } from '../../../src/transport/transport.ts';

/** The body of one response, and what became of it. */
export class ObservedBody implements ResponseBody {
	readonly #message: IncomingMessage;
	use: 'unread' | 'read' | 'discarded' = 'unread';

	constructor(message: IncomingMessage) {
		this.#message = message;
	}

	get wireBytes(): number {
		return 0;
	}

	async collect(): Promise<CollectedBody> {
		this.use = 'read';
		return { bytes: await buffer(this.#message), truncated: false };
	}

	[Symbol.asyncIterator](): AsyncIterator<Buffer> {
		this.use = 'read';
		return this.#message[Symbol.asyncIterator]();
	}

	discard(): void {
		this.use = 'discarded';
		this.#message.resume();
	}
}

/** Sends over node:http, without a pool. All names lead to 127.0.0.1, so that a test has as many hosts as it likes. */
export const nodeSend: Send = (request) =>
	new Promise((resolve, reject) => {
		const outgoing = httpRequest(request.url, {
			method: request.method,
			path: request.path,
			headers: headerRecord(request),
			signal: request.signal,
			agent: false,
			lookup: (_name, options, done) => {
				if (options.all) done(null, [{ address: '127.0.0.1', family: 4 }]);
				else done(null, '127.0.0.1', 4);
			},
		});
		outgoing.on('error', reject);
		outgoing.on('close', () => request.onFinished());
		outgoing.on('response', (message) => resolve(answered(message)));
		const body = request.body?.open();
		request.onSent();
		if (body instanceof Readable) body.pipe(outgoing);
		else outgoing.end(body);
	});

/** The body of `response` as text. */
export async function textOf(response: TransportResponse): Promise<string> {
	const { bytes } = await response.body.collect({ maxBytes: 1_000_000, overflow: 'error' });
	return bytes.toString();
}

function answered(message: IncomingMessage): TransportResponse {
	const now = performance.now();
	return {
		status: message.statusCode ?? 0,
		statusText: message.statusMessage ?? '',
		headers: message.headers,
		body: new ObservedBody(message),
		sentAt: now,
		headersAt: now,
	};
}

function headerRecord({ headers }: TransportRequest): Record<string, string[]> {
	const record: Record<string, string[]> = {};
	for (let i = 0; i < headers.length; i += 2) {
		record[headers[i] ?? ''] = [...(record[headers[i] ?? ''] ?? []), headers[i + 1] ?? ''];
	}
	return record;
}
