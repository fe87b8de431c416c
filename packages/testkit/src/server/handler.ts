import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

/**
 * Answers one request. `url` is the absolute URL that was asked for. A handler that throws answers 500 with the
 * error's message, or cuts the connection if it had already begun to answer.
 */
export type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

/** A whole response as a value. */
export interface Reply {
	/** 200 by default. */
	readonly status?: number;
	/** `Content-Type: text/html; charset=utf-8` and the right `Content-Length` are added unless given. */
	readonly headers?: OutgoingHttpHeaders;
	/** Text is sent as UTF-8. Empty by default. */
	readonly body?: string | Uint8Array;
}

/** Sends a whole response. */
export function sendReply(response: ServerResponse, { status = 200, headers = {}, body = '' }: Reply): void {
	const bytes = typeof body === 'string' ? Buffer.from(body) : body;
	response.statusCode = status;
	response.setHeader('Content-Type', 'text/html; charset=utf-8');
	if (status !== 204 && status !== 304) response.setHeader('Content-Length', bytes.byteLength);
	for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
	response.end(bytes);
}
