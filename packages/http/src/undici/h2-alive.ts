import type { Http2Session } from 'node:http2';
import type { Socket } from 'node:net';

/** How long the answer to a ping may take. */
const ANSWER_MS = 2_000;

/** Sessions that are being asked. */
const asked = new WeakSet<Http2Session>();

/**
 * Asks for a sign of life (RFC 9113 §6.7). A request over HTTP/1.1 that is given up takes its connection with it; over
 * HTTP/2 the connection stays, and one that a network has silently dropped would swallow all requests that follow.
 */
export function checkAlive(session: Http2Session, socket: Socket): void {
	if (asked.has(session) || session.closed || session.destroyed) return;
	asked.add(session);
	const timer = setTimeout(() => {
		// An answer that has arrived is taken before this, even by a process that was busy for all that time.
		setImmediate(() => {
			if (!asked.has(session)) return;
			socket.destroy(Object.assign(new Error('the connection does not answer a ping'), { code: 'ECONNRESET' }));
		});
	}, ANSWER_MS);
	timer.unref();
	session.ping(() => {
		clearTimeout(timer);
		asked.delete(session);
	});
}
