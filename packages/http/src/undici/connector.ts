import { type buildConnector, errors } from 'undici';
import type { ConnectAttempt, Connecting } from './connecting.ts';

/** Opens connections for a pool, as undici wants it done. */
export type Connector = buildConnector.connector;

/** What to connect to. */
export type ConnectTarget = buildConnector.Options;

/** Told of the socket that is connected, or why there is none. */
export type ConnectCallback = buildConnector.Callback;

/** The longest delay that `setTimeout` takes, 25 days; a longer one would fire at once. */
const MAX_DELAY_MS = 0x7fffffff;

/**
 * `connect` with an exact time limit, in `connecting`.
 *
 * @param shared whether one connection may serve several requests at once.
 */
export function watched(connect: Connector, connecting: Connecting, shared = false): Connector {
	return (options, callback) => {
		// undici has requests in its queue that were given up. It may ask again at once, as long as a stream of an old
		// HTTP/2 connection has not closed: so not in a microtask, which would never let it close.
		if (!connecting.isWanted) {
			setImmediate(() => callback(new errors.ConnectTimeoutError(), null));
			return;
		}
		let over = false;
		const { owner } = connecting;
		const attempt: ConnectAttempt = { owner, shared, giveUp };
		const limitMs = owner?.connectMs ?? connecting.longestMs;
		const timer = limitMs <= MAX_DELAY_MS ? setTimeout(giveUp, Math.ceil(limitMs)) : undefined;
		connecting.add(attempt);
		const opening: unknown = connect(options, (error, socket) => {
			if (over) {
				socket?.destroy();
				return;
			}
			settle();
			if (error !== null) {
				callback(error, null);
				return;
			}
			connecting.sockets.add(socket);
			socket.on('error', () => {
				connecting.failing = true;
				queueMicrotask(() => {
					connecting.failing = false;
				});
			});
			connecting.handingOver = true;
			try {
				callback(null, socket);
			} finally {
				connecting.handingOver = false;
			}
		});

		function giveUp(): void {
			if (over) return;
			settle();
			if (isDestroyable(opening)) opening.destroy();
			callback(new errors.ConnectTimeoutError(), null);
		}

		function settle(): void {
			over = true;
			clearTimeout(timer);
			connecting.delete(attempt);
		}
	};
}

/** undici's connectors return the socket that connects, though their type does not say so. */
export function isDestroyable(value: unknown): value is { destroy(): void } {
	return typeof value === 'object' && value !== null && 'destroy' in value && typeof value.destroy === 'function';
}
