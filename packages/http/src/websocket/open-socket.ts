import { isIP, connect as netConnect } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';
import { WebSocket } from 'ws';
import { InvalidRequestError, type RequestLabel, TimeoutError } from '../errors.ts';
import type { ResponseHeaders } from '../response-headers.ts';
import { startTimer } from './milliseconds.ts';
import { openFailure } from './open-failure.ts';
import { type RefusedUpgrade, readRefusal, responseHeaders } from './refused-upgrade.ts';
import { SocketSession } from './socket-session.ts';
import { httpUrl } from './upgrade-target.ts';
import type { WebSocketContext } from './websocket-context.ts';
import type { WebSocketSettings } from './websocket-options.ts';

/** One handshake, ready to be sent. */
export interface UpgradeRequest {
	readonly label: RequestLabel;
	/** ws: or wss:, without credentials and fragment. */
	readonly url: URL;
	readonly headers: Headers;
}

/** What became of it. */
export type UpgradeOutcome =
	| { readonly session: SocketSession; readonly headers: ResponseHeaders }
	| { readonly session: undefined; readonly refused: RefusedUpgrade };

type Network = Pick<WebSocketContext, 'tlsOptions' | 'lookup' | 'nameFor' | 'tunnel' | 'maxHeaderBytes'>;

/**
 * Opens a connection and upgrades it (RFC 6455 §4.1), within `connectMs`. Redirects are not followed.
 *
 * @throws HttpError (rejects) when no answer came or it was no WebSocket's; the reason of `signal` when that fires.
 */
export function openSocket(
	request: UpgradeRequest,
	settings: WebSocketSettings,
	network: Network,
	signal: AbortSignal,
): Promise<UpgradeOutcome> {
	const { promise, resolve, reject } = Promise.withResolvers<UpgradeOutcome>();
	const { label } = request;
	const { connectMs } = settings.timeouts;
	if (signal.aborted) return Promise.reject(signal.reason);
	const givenUp = new AbortController();
	const webSocket = startUpgrade(request, settings, network, givenUp.signal);
	let upgraded: { readonly socket: Duplex; readonly headers: ResponseHeaders } | undefined;
	const stopWaiting = (): void => {
		clearTimeout(timer);
		signal.removeEventListener('abort', onAbort);
	};
	const giveUp = (error: unknown): void => {
		stopWaiting();
		reject(error);
		givenUp.abort(error); // A tunnel that is still being dug.
		webSocket.terminate();
	};
	const onAbort = (): void => giveUp(signal.reason);
	const timer = startTimer(connectMs, () => giveUp(new TimeoutError(label, 'connect', connectMs)));
	signal.addEventListener('abort', onAbort);

	webSocket.on('upgrade', (response) => {
		upgraded = { socket: response.socket, headers: responseHeaders(response) };
	});
	webSocket.on('open', () => {
		stopWaiting();
		if (upgraded === undefined) return; // ws tells of the upgrade first.
		// Made here and now: what came with the answer is read as soon as this function returns.
		resolve({ session: new SocketSession(webSocket, upgraded.socket, label, settings), headers: upgraded.headers });
	});
	webSocket.on('unexpected-response', (_request, response) => {
		clearTimeout(timer);
		readRefusal(response, (refused) => {
			stopWaiting();
			resolve({ session: undefined, refused });
			webSocket.terminate();
		});
	});
	// It stays: ws reports an error after `terminate` as well, and nobody must be left to throw it.
	webSocket.on('error', (error) => {
		stopWaiting();
		reject(openFailure(error, label, { connectMs, maxHeaderBytes: network.maxHeaderBytes }));
	});
	return promise;
}

function startUpgrade(
	request: UpgradeRequest,
	settings: WebSocketSettings,
	network: Network,
	signal: AbortSignal,
): WebSocket {
	const options = {
		headers: Object.fromEntries(request.headers),
		perMessageDeflate: settings.compression,
		maxPayload: settings.maxPayloadBytes,
		maxHeaderSize: network.maxHeaderBytes,
		// Not in its types: how long ws waits for the end of the TCP connection after `close`.
		closeTimeout: settings.closeTimeoutMs,
		followRedirects: false,
		createConnection: (_options: unknown, done: Connected) => connectSocket(request.url, network, signal, done),
	};
	try {
		return new WebSocket(request.url, [...settings.protocols], options);
	} catch (error) {
		// A header that Node refuses to send.
		const detail = error instanceof Error ? error.message : String(error);
		throw new InvalidRequestError(`cannot be sent: ${detail}.`, request.label, error);
	}
}

type Connected = (error: Error | null, socket: Duplex) => void;

/** Connects, through the tunnel where there is one. A socket that is not there at once is handed to `done`. */
function connectSocket(url: URL, network: Network, signal: AbortSignal, done: Connected): Duplex | undefined {
	const secure = url.protocol === 'wss:';
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const port = Number(url.port) || (secure ? 443 : 80);
	const { lookup } = network;
	const name = network.nameFor?.(host, String(port)) ?? host;
	const address = { host: name, port, ...(lookup && { lookup }) };
	const secured = (socket?: Duplex): Duplex => {
		const servername = isIP(host) === 0 ? host : '';
		return tlsConnect({ servername, ...network.tlsOptions(), ...address, ...(socket && { socket }) });
	};
	const way = network.tunnel?.(httpUrl(url), signal);
	if (way === undefined) return secure ? secured() : netConnect(address);
	way.then(
		(socket) => done(null, secure ? secured(socket) : socket),
		// The type wants a socket even where there is none.
		(error: Error) => done(error, undefined as unknown as Duplex),
	);
	return undefined;
}
