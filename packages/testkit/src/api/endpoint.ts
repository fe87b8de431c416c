import type { IncomingMessage } from 'node:http';
import type { Handler, Reply } from '../server/handler.ts';
import { Problem } from './problem.ts';
import { replyHandler } from './reply-handler.ts';

/** One request that was let in. */
export interface ApiCall {
	readonly request: IncomingMessage;
	readonly url: URL;
	/** Whose token it carries; empty where no token is asked for. */
	readonly user: string;
}

/** Decides on the answer to one request; it may throw a `Problem`. */
type Endpoint = (call: ApiCall) => Reply | Promise<Reply>;

/** The endpoints of one path by method. That of GET serves HEAD as well. */
export type Methods = Readonly<Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Endpoint>>>;

/** Tells whose request it is, or throws the `Problem` for which it is not let in. */
export type Gate = (request: IncomingMessage) => string | Promise<string>;

/** The handler for one path, whose answers take `delayMs` longer than their work. */
export function endpointHandler(methods: Methods, gate: Gate, delayMs: number): Handler {
	const endpoints = new Map<string, Endpoint>(Object.entries(methods));
	return replyHandler(async (request, url) => {
		const user = await gate(request);
		const method = request.method ?? '';
		const endpoint = endpoints.get(method === 'HEAD' ? 'GET' : method);
		if (endpoint !== undefined) return endpoint({ request, url, user });
		if (endpoints.size === 0) throw new Problem(404, `Nothing at ${url.pathname}`);
		const allowed = [...endpoints.keys()].join(', ');
		throw new Problem(405, `${method} is not possible here, ${allowed} is`, { Allow: allowed });
	}, delayMs);
}
