import type { IncomingMessage } from 'node:http';
import type { Handler, Reply } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import { pause } from '../server/pause.ts';
import { Problem } from './problem.ts';

/** One request that was let in. */
export interface ApiCall {
	readonly request: IncomingMessage;
	readonly url: URL;
	/** Whose token it carries; empty where no token is asked for. */
	readonly user: string;
}

/** Decides on the answer to one request; it may throw a `Problem`. */
export type Endpoint = (call: ApiCall) => Reply | Promise<Reply>;

/** The endpoints of one path by method. That of GET serves HEAD as well. */
export type Methods = Readonly<Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Endpoint>>>;

/** Tells whose request it is, or throws the `Problem` for which it is not let in. */
export type Gate = (request: IncomingMessage) => string | Promise<string>;

/**
 * The handler for one path. The work is done before the delay, so that a client which gives up meanwhile has to find
 * out what became of its request.
 */
export function endpointHandler(methods: Methods, gate: Gate, delayMs: number): Handler {
	const endpoints = new Map<string, Endpoint>(Object.entries(methods));
	return async (request, response, url) => {
		const reply = await decide(endpoints, gate, request, url);
		if (delayMs > 0) await pause(delayMs, response);
		sendReply(response, reply);
	};
}

async function decide(
	endpoints: ReadonlyMap<string, Endpoint>,
	gate: Gate,
	request: IncomingMessage,
	url: URL,
): Promise<Reply> {
	const method = request.method ?? '';
	try {
		const user = await gate(request);
		const endpoint = endpoints.get(method === 'HEAD' ? 'GET' : method);
		if (endpoint !== undefined) return await endpoint({ request, url, user });
		if (endpoints.size === 0) throw new Problem(404, `Nothing at ${url.pathname}`);
		const allowed = [...endpoints.keys()].join(', ');
		throw new Problem(405, `${method} is not possible here, ${allowed} is`, { Allow: allowed });
	} catch (error) {
		if (error instanceof Problem) return error.reply();
		throw error;
	}
}
