import { type buildConnector, errors } from 'undici';

/** Opens connections for a pool, as undici wants it done. */
export type Connector = buildConnector.connector;

/** What to connect to. */
export type ConnectTarget = buildConnector.Options;

/** Told of the socket that is connected, or why there is none. */
export type ConnectCallback = buildConnector.Callback;

/** What a connector tells about, and asks of, the pool it connects for. */
export interface ConnectionWatch {
	/** The limit for the next connection. */
	connectMs: number;
	/**
	 * True only while a new connection is handed over. undici writes the waiting request in that very call, so a
	 * request that starts while this is false starts on a connection that was used before.
	 */
	handingOver: boolean;
}

/** The longest delay that `setTimeout` takes, 25 days; a longer one would fire at once. */
const MAX_DELAY_MS = 0x7fffffff;

/** `connect` with an exact time limit, reporting to `watch`. */
export function watched(connect: Connector, watch: ConnectionWatch): Connector {
	return (options, callback) => {
		let late = false;
		const timer = watch.connectMs <= MAX_DELAY_MS ? setTimeout(giveUp, Math.ceil(watch.connectMs)) : undefined;
		const connecting: unknown = connect(options, (error, socket) => {
			if (late) {
				socket?.destroy();
				return;
			}
			clearTimeout(timer);
			if (error !== null) {
				callback(error, null);
				return;
			}
			watch.handingOver = true;
			try {
				callback(null, socket);
			} finally {
				watch.handingOver = false;
			}
		});

		function giveUp(): void {
			late = true;
			if (isDestroyable(connecting)) connecting.destroy();
			callback(new errors.ConnectTimeoutError(), null);
		}
	};
}

/** undici's connectors return the socket that connects, though their type does not say so. */
export function isDestroyable(value: unknown): value is { destroy(): void } {
	return typeof value === 'object' && value !== null && 'destroy' in value && typeof value.destroy === 'function';
}
