import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Headers of an answer, its status and its body; Date is left out unless it is among the headers. */
export interface OriginAnswer {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string | string[]>>;
	readonly body?: string | Buffer;
}

/** A server on loopback that counts what reaches it. */
export interface Origin {
	readonly url: string;
	/** What came, in order. */
	readonly requests: IncomingMessage[];
	/** `GET /path` of each request, in order. */
	readonly lines: string[];
	/** Breaks the connections of all requests to come. */
	breakDown(): void;
}

/**
 * Starts a server for the running test. `answer` says what each request is answered with, or answers itself and says
 * nothing.
 */
export async function startOrigin(
	answer: (request: IncomingMessage, response: ServerResponse) => OriginAnswer | undefined,
): Promise<Origin> {
	const requests: IncomingMessage[] = [];
	let broken = false;
	const server = createServer((request, response) => {
		requests.push(request);
		if (broken) {
			request.socket.destroy();
			return;
		}
		request.resume();
		response.sendDate = false;
		const given = answer(request, response);
		if (given === undefined) return;
		const { status = 200, headers = {}, body = '' } = given;
		response.writeHead(status, headers);
		response.end(status === 304 || request.method === 'HEAD' ? undefined : body);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		get lines() {
			return requests.map(({ method, url }) => `${method} ${url}`);
		},
		breakDown: () => {
			broken = true;
		},
	};
}
