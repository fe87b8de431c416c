import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:http';

/** What came of a request, however far the response got. */
export interface Asked {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
	/** False if the connection broke before the body was complete. */
	readonly complete: boolean;
}

/** One request on a connection of its own, with nothing decoded or followed. */
export function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Asked> {
	return new Promise((resolve, reject) => {
		const sent = request(url, { method, headers, agent: false }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', () => undefined);
			response.on('close', () =>
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					body: Buffer.concat(chunks),
					complete: response.complete,
				}),
			);
		});
		sent.on('error', reject);
		sent.end();
	});
}
