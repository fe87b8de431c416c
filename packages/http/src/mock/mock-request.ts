import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { TransportRequest } from '../transport/transport.ts';

/** A request as a mocked server sees it. */
export interface MockRequest {
	readonly method: string;
	readonly url: string;
	/** Path and query. */
	readonly path: string;
	/** Names in lower case; values of a name that came several times are joined with `, `. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
	text(): string;
	/** @throws SyntaxError when the body is no JSON. */
	json(): unknown;
}

/** Reads a request to its end, as a server would. */
export async function mockRequest(request: TransportRequest): Promise<MockRequest> {
	const headers: Record<string, string> = {};
	for (let i = 0; i < request.headers.length; i += 2) {
		const name = request.headers[i] ?? '';
		const value = request.headers[i + 1] ?? '';
		headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
	}
	const body = request.body === undefined ? Buffer.alloc(0) : await wholeBody(request.body.open());
	const { method, url, path } = request;
	return { method, url, path, headers, body, text: () => body.toString(), json: () => JSON.parse(body.toString()) };
}

async function wholeBody(opened: string | Uint8Array | Readable): Promise<Buffer> {
	return typeof opened === 'string' || opened instanceof Uint8Array ? Buffer.from(opened) : await buffer(opened);
}
