import type { IncomingMessage } from 'node:http';
import type { RequestLabel } from '../errors.ts';
import { withoutCredentials } from '../request-target.ts';
import { firstValue, type ResponseHeaders } from '../response-headers.ts';
import { parseRetryAfter } from '../retry/retry-after.ts';
import { startTimer } from './milliseconds.ts';
import { WebSocketError } from './websocket-error.ts';

/** An answer to the handshake other than 101. */
export interface RefusedUpgrade {
	readonly status: number;
	readonly statusText: string;
	readonly headers: ResponseHeaders;
	/** The first characters of the body. */
	readonly excerpt: string;
}

/** Of a refusal's body, what is worth waiting for and showing. */
const EXCERPT_BYTES = 1_024;
const EXCERPT_CHARACTERS = 200;
const EXCERPT_MS = 1_000;

/** Reads the beginning of the body; what is there after a second has to do. */
export function readRefusal(response: IncomingMessage, done: (refused: RefusedUpgrade) => void): void {
	const pieces: Buffer[] = [];
	let bytes = 0;
	const timer = startTimer(EXCERPT_MS, finish);
	response.on('data', take);
	response.on('error', ignore); // 'close' follows.
	response.on('end', finish);
	response.on('close', finish);

	function take(piece: Buffer): void {
		pieces.push(piece);
		bytes += piece.length;
		if (bytes >= EXCERPT_BYTES) finish();
	}

	function finish(): void {
		clearTimeout(timer);
		response.off('data', take);
		response.off('end', finish);
		response.off('close', finish);
		done({
			status: response.statusCode ?? 0,
			statusText: response.statusMessage ?? '',
			headers: responseHeaders(response),
			excerpt: response.headers['content-encoding'] === undefined ? excerpt(Buffer.concat(pieces)) : '',
		});
	}
}

/** Headers as the rest of the client has them. */
export function responseHeaders(response: IncomingMessage): ResponseHeaders {
	const headers: Record<string, string | string[] | undefined> = {};
	for (const [name, values] of Object.entries(response.headersDistinct)) {
		headers[name] = values?.length === 1 ? values[0] : values;
	}
	return headers;
}

/** The error for a refusal that stands. */
export function refusalError(request: RequestLabel, refused: RefusedUpgrade): WebSocketError {
	const { status, statusText, headers, excerpt: text } = refused;
	const answered = `answered ${status} ${statusText}`.trimEnd();
	const shown = text === '' ? '' : `: ${text}`;
	const location = status >= 300 && status < 400 ? firstValue(headers, 'location') : undefined;
	const detail =
		location === undefined
			? `${answered} instead of opening a WebSocket${shown}`
			: `${answered}, a redirect to ${redirectGoal(location, request.url)}: connect to that yourself if you trust it.`;
	return new WebSocketError(request, 'refused-upgrade', detail, {
		status,
		excerpt: text,
		retryAfterMs: parseRetryAfter(headers['retry-after'], Date.now()),
	});
}

function redirectGoal(location: string, base: string): string {
	const url = URL.parse(location, base);
	return url === null ? 'a place that is no URL' : withoutCredentials(url).href;
}

/** Control characters and runs of spaces would only spoil a message of one line. */
function excerpt(body: Buffer): string {
	return body
		.toString('utf8')
		.replace(/[\s\p{Cc}\ufffd]+/gu, ' ')
		.trim()
		.slice(0, EXCERPT_CHARACTERS);
}

function ignore(): void {}
