import type { Handler } from './handler.ts';
import type { Listening, ListenOptions } from './listen.ts';
import { listen } from './listen.ts';
import { RequestLog } from './request-log.ts';
import type { Routes } from './routes.ts';
import { routesHandler } from './routes.ts';

/** A running test server. */
export interface TestServer extends Listening {
	/** Everything this server was asked. */
	readonly log: RequestLog;
}

/**
 * Starts a loopback HTTP server with a request log.
 *
 * @param answers one handler for everything, or a table of paths.
 * @throws {RangeError} if `hostname` is not loopback; the system's error if the port is taken.
 * @example
 * await using server = await startServer({ '/': '<a href="/next">next</a>', '/next': { status: 404 } });
 * await fetch(`${server.url}/`);
 * server.log.hits('/'); // 1
 */
export async function startServer(answers: Handler | Routes, options: ListenOptions = {}): Promise<TestServer> {
	const log = new RequestLog();
	const handler = typeof answers === 'function' ? answers : routesHandler(answers);
	return { ...(await listen(handler, [log], options)), log };
}
