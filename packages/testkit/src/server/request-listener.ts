import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Handler } from './handler.ts';
import { sendReply } from './handler.ts';
import type { RequestLog } from './request-log.ts';

/** Joins a handler with the logs that watch it, as the listener `node:http` wants. */
export function requestListener(handler: Handler, logs: readonly RequestLog[]): RequestListener {
	return (request, response) => {
		const ends = logs.map((log) => log.begin(request));
		// 'close' comes after a response was sent in full and also when its connection broke before.
		response.once('close', () => {
			for (const end of ends) end(response.headersSent ? response.statusCode : 0);
		});
		void run(handler, request, response);
	};
}

async function run(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const url = requestedUrl(request);
	if (url === null) return sendReply(response, { status: 400, body: 'The request target or Host is not a URL' });
	try {
		await handler(request, response, url);
	} catch (error) {
		if (response.headersSent) response.destroy();
		else sendReply(response, { status: 500, headers: { 'Content-Type': 'text/plain' }, body: `${error}\n` });
	}
}

function requestedUrl(request: IncomingMessage): URL | null {
	const target = request.url ?? '/';
	// Joined as text: resolving `//x/y` against a base would take x for a host.
	return URL.parse(target.startsWith('/') ? `http://${request.headers.host ?? 'localhost'}${target}` : target);
}
