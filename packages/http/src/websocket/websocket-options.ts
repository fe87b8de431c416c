import type { Auth } from '../auth/auth.ts';
import { requireKnownNames } from '../check-names.ts';
import { flag, wholeNumber } from '../check-numbers.ts';
import { optionalSignal } from '../check-signal.ts';
import { InvalidRequestError } from '../errors.ts';
import { kindOf } from '../kind-of.ts';
import { type HeaderList, keepHeaders, mergeHeaders, type RequestHeaders } from '../request-headers.ts';
import { mergeTimeouts, type Timeouts } from '../timeouts.ts';
import type { WebSocketConnection } from './connection.ts';
import { milliseconds } from './milliseconds.ts';
import { type ReconnectOptions, type ReconnectSettings, reconnectSettings } from './reconnect-options.ts';
import { checkResume, type ResumeOptions } from './resume.ts';

/** A connection was opened: the first one, or one that replaces another. */
export interface WebSocketOpenEvent {
	readonly connection: WebSocketConnection;
	/** Connections of it that were open before: 0 for the first. */
	readonly reconnects: number;
}

/** Another connection will be tried. */
export interface WebSocketReconnectEvent {
	/** 1 for the first attempt in a row. */
	readonly attempt: number;
	/** The wait before it. */
	readonly delayMs: number;
	/** What ended the last connection or attempt; undefined after a normal close. */
	readonly error: unknown;
}

/** How to open a WebSocket and how to keep it. What is absent comes from the client. */
export interface WebSocketOptions {
	/** Sent with the handshake. */
	readonly headers?: RequestHeaders;
	/** Other credentials than the client's, for the origin of the URL; `false` for none. */
	readonly auth?: Auth | false;
	/** Subprotocols (RFC 6455 §1.9), the preferred one first. The server must choose one of them. */
	readonly protocols?: string | readonly string[];
	/** Ends the connection at once, with AbortedError. */
	readonly signal?: AbortSignal;
	/** `connectMs`: from the first packet to the end of the handshake. `totalMs`: that, and getting credentials. */
	readonly timeouts?: Partial<Pick<Timeouts, 'connectMs' | 'totalMs'>>;
	/** How long a closing peer may take until it is cut off, in milliseconds. Default 5,000. */
	readonly closeTimeoutMs?: number;
	/** How long `send` waits for a connection to come back, in milliseconds; 0 does not wait. Default 30,000. */
	readonly sendTimeoutMs?: number;
	/** Ping a peer that sent nothing for this long, in milliseconds; `false` never does. Default 30,000. */
	readonly heartbeatMs?: number | false;
	/** How long a pinged peer may stay silent until it counts as dead, in milliseconds. Default: `heartbeatMs`. */
	readonly pongTimeoutMs?: number;
	/** Limit of one message, decompressed. Default 4 MiB. */
	readonly maxPayloadBytes?: number;
	/** Bytes of unread messages at which the peer is stopped; it goes on when half of them are read. Default 256 KiB. */
	readonly highWaterMarkBytes?: number;
	/** The same for the number of unread messages. Default 1,024. */
	readonly highWaterMarkMessages?: number;
	/**
	 * Offer permessage-deflate (RFC 7692). Default false: a small message costs about 30 times the CPU. What is read at
	 * once, 64 KiB on the wire, can then become many unread messages beyond the high-water marks.
	 */
	readonly compression?: boolean;
	/** Replace a connection that was lost. Default false. */
	readonly reconnect?: boolean | ReconnectOptions;
	/** Resume the stream of messages when reconnecting, and drop what comes twice. */
	readonly resumeFrom?: ResumeOptions;
	/**
	 * Called for each connection that is opened. What it sends goes out before all that waited, so this is the place to
	 * log in or to subscribe. What it throws becomes a warning of the process.
	 */
	readonly onOpen?: (event: WebSocketOpenEvent) => unknown;
	/** Called before the wait for another connection. What it throws becomes a warning of the process. */
	readonly onReconnect?: (event: WebSocketReconnectEvent) => void;
}

/** {@link WebSocketOptions} with every default filled in. */
export interface WebSocketSettings {
	readonly headers: HeaderList;
	readonly auth: Auth | false | undefined;
	readonly protocols: readonly string[];
	readonly signal: AbortSignal | undefined;
	readonly timeouts: Timeouts;
	readonly closeTimeoutMs: number;
	readonly sendTimeoutMs: number;
	readonly heartbeatMs: number | false;
	readonly pongTimeoutMs: number;
	readonly maxPayloadBytes: number;
	readonly highWaterMarkBytes: number;
	readonly highWaterMarkMessages: number;
	readonly compression: boolean;
	readonly reconnect: ReconnectSettings | undefined;
	readonly resumeFrom: ResumeOptions | undefined;
	readonly onOpen: WebSocketOptions['onOpen'];
	readonly onReconnect: WebSocketOptions['onReconnect'];
}

const DEFAULTS = {
	closeTimeoutMs: 5_000,
	sendTimeoutMs: 30_000,
	heartbeatMs: 30_000,
	maxPayloadBytes: 4 * 1024 * 1024,
	highWaterMarkBytes: 256 * 1024,
	highWaterMarkMessages: 1_024,
};

/** ws keeps the limit as a signed 32-bit number. */
const MAX_PAYLOAD_BYTES = 0x7fffffff;

const NAMES: readonly (keyof WebSocketOptions)[] = [
	'headers',
	'auth',
	'protocols',
	'signal',
	'timeouts',
	'closeTimeoutMs',
	'sendTimeoutMs',
	'heartbeatMs',
	'pongTimeoutMs',
	'maxPayloadBytes',
	'highWaterMarkBytes',
	'highWaterMarkMessages',
	'compression',
	'reconnect',
	'resumeFrom',
	'onOpen',
	'onReconnect',
];

/**
 * Checks the options and fills in the defaults.
 *
 * @throws InvalidRequestError naming the option, its value and what would do.
 */
export function webSocketSettings(
	client: { readonly headers: HeaderList; readonly timeouts: Timeouts },
	options: WebSocketOptions,
): WebSocketSettings {
	requireKnownNames('connect', options, NAMES);
	if (options.timeouts !== undefined) requireKnownNames('timeouts', options.timeouts, ['connectMs', 'totalMs']);
	const { signal, resumeFrom, auth } = options;
	optionalSignal('signal', signal);
	if (auth !== undefined && auth !== false && typeof auth.authorize !== 'function') {
		throw new InvalidRequestError(
			'auth has no function "authorize": give bearerAuth(…), an object of your own or false.',
		);
	}
	if (resumeFrom !== undefined) checkResume(resumeFrom);
	const heartbeatMs = options.heartbeatMs ?? DEFAULTS.heartbeatMs;
	const beats = heartbeatMs === false ? DEFAULTS.heartbeatMs : milliseconds('heartbeatMs', heartbeatMs, 1);
	return {
		// A refusal is shown as it comes, so it must not come encoded.
		headers: mergeHeaders(
			keepHeaders(client.headers, (name) => name !== 'accept-encoding'),
			checkedHeaders(options.headers),
		),
		auth,
		protocols: checkedProtocols(options.protocols),
		signal,
		timeouts: mergeTimeouts(client.timeouts, options.timeouts),
		closeTimeoutMs: milliseconds('closeTimeoutMs', options.closeTimeoutMs ?? DEFAULTS.closeTimeoutMs, 0),
		sendTimeoutMs: milliseconds('sendTimeoutMs', options.sendTimeoutMs ?? DEFAULTS.sendTimeoutMs, 0),
		heartbeatMs,
		pongTimeoutMs: milliseconds('pongTimeoutMs', options.pongTimeoutMs ?? beats, 1),
		maxPayloadBytes: checkedPayload(options.maxPayloadBytes ?? DEFAULTS.maxPayloadBytes),
		highWaterMarkBytes: wholeNumber('highWaterMarkBytes', options.highWaterMarkBytes ?? DEFAULTS.highWaterMarkBytes, 1),
		highWaterMarkMessages: wholeNumber(
			'highWaterMarkMessages',
			options.highWaterMarkMessages ?? DEFAULTS.highWaterMarkMessages,
			1,
		),
		compression: flag('compression', options.compression ?? false),
		reconnect: reconnectSettings(options.reconnect ?? false),
		resumeFrom,
		onOpen: checkedHook('onOpen', options.onOpen),
		onReconnect: checkedHook('onReconnect', options.onReconnect),
	};
}

/** Headers that the handshake itself is made of, and where to say the same. */
const RESERVED: ReadonlyMap<string, string> = new Map([
	['connection', 'leave it out'],
	['upgrade', 'leave it out'],
	['sec-websocket-key', 'leave it out'],
	['sec-websocket-version', 'leave it out'],
	['sec-websocket-extensions', 'use the option compression'],
	['sec-websocket-protocol', 'use the option protocols'],
]);

function checkedHeaders(headers: RequestHeaders | undefined): RequestHeaders | undefined {
	for (const name of Object.keys(headers ?? {})) {
		const remedy = RESERVED.get(name.toLowerCase());
		if (remedy !== undefined)
			throw new InvalidRequestError(`The header "${name}" belongs to the handshake: ${remedy}.`);
	}
	return headers;
}

/** A token of RFC 9110 §5.6.2, as RFC 6455 §4.1 wants it. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

function checkedProtocols(protocols: string | readonly string[] = []): readonly string[] {
	const list = typeof protocols === 'string' ? [protocols] : protocols;
	if (!Array.isArray(list)) throw new InvalidRequestError(`protocols is ${kindOf(list)}: give a list of names.`);
	for (const protocol of list) {
		if (typeof protocol === 'string' && TOKEN.test(protocol)) continue;
		throw new InvalidRequestError(`protocols holds "${String(protocol)}": give names without spaces and commas.`);
	}
	if (new Set(list).size === list.length) return list;
	throw new InvalidRequestError(`protocols names one twice: ${list.join(', ')}.`);
}

function checkedPayload(value: number): number {
	if (wholeNumber('maxPayloadBytes', value, 1) <= MAX_PAYLOAD_BYTES) return value;
	throw new InvalidRequestError(`maxPayloadBytes is ${value}: give at most ${MAX_PAYLOAD_BYTES}.`);
}

function checkedHook<Hook>(name: string, hook: Hook | undefined): Hook | undefined {
	if (hook === undefined || typeof hook === 'function') return hook;
	throw new InvalidRequestError(`${name} is of type ${typeof hook}: give a function.`);
}
