import { requireKnownNames } from './check-names.ts';
import { type ClientSettings, checkedProxyUrl, wholeNumber } from './client-options.ts';
import { InvalidRequestError } from './errors.ts';
import { type HeaderList, mergeHeaders, type RequestHeaders } from './request-headers.ts';
import type { ResponseHeaders } from './response-headers.ts';
import { mergeTimeouts, type Timeouts } from './timeouts.ts';

/** What is known of a response before its body. */
export interface ResponseHead {
	readonly status: number;
	readonly headers: ResponseHeaders;
	/** The URL that answered, without credentials. */
	readonly url: string;
}

/** How to ask for one URL; what is absent comes from the client. */
export interface ReadOptions {
	/** Default `GET`. */
	readonly method?: string;
	readonly headers?: RequestHeaders;
	readonly body?: string | Uint8Array;
	readonly timeouts?: Partial<Timeouts>;
	readonly maxBodyBytes?: number;
	/**
	 * What becomes of a body over `maxBodyBytes`: an `error`, or `truncate`, its first `maxBodyBytes` bytes. One with
	 * several content codings is an error all the same. Default `error`.
	 */
	readonly overflow?: 'error' | 'truncate';
	readonly maxRedirects?: number;
	readonly signal?: AbortSignal;
	readonly proxyUrl?: string;
	/** Called when a request is written to a connected socket: once for each redirect, and again if one is resent. */
	readonly onSent?: () => void;
	/** Called with the final response's head; `discard` gives up the body at once. */
	readonly onHead?: (head: ResponseHead) => 'read' | 'discard';
}

/** {@link ReadOptions} merged with the client's settings. */
export interface ReadSettings {
	readonly method: string;
	readonly headers: HeaderList;
	readonly body: string | Uint8Array | undefined;
	readonly timeouts: Timeouts;
	readonly maxBodyBytes: number;
	readonly overflow: 'error' | 'truncate';
	readonly maxHeaderBytes: number;
	readonly maxRedirects: number;
	readonly proxyUrl: string | undefined;
	readonly signal: AbortSignal | undefined;
	readonly onSent: (() => void) | undefined;
	readonly onHead: ((head: ResponseHead) => 'read' | 'discard') | undefined;
}

const NAMES: readonly (keyof ReadOptions)[] = [
	'method',
	'headers',
	'body',
	'timeouts',
	'maxBodyBytes',
	'overflow',
	'maxRedirects',
	'signal',
	'proxyUrl',
	'onSent',
	'onHead',
];

/**
 * Checks the options of one call and fills in the client's.
 *
 * @throws InvalidRequestError naming the option, its value and what would do.
 */
export function readSettings(client: ClientSettings, options: ReadOptions): ReadSettings {
	requireKnownNames('read', options, NAMES);
	const { body, overflow = 'error' } = options;
	if (body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array)) {
		throw new InvalidRequestError(`body is of type ${typeof body}: give a string or a Uint8Array.`);
	}
	if (overflow !== 'error' && overflow !== 'truncate') {
		throw new InvalidRequestError(`overflow is ${JSON.stringify(overflow)}: give "error" or "truncate".`);
	}
	return {
		method: options.method ?? 'GET',
		headers: mergeHeaders(client.headers, options.headers),
		body,
		timeouts: mergeTimeouts(client.timeouts, options.timeouts),
		maxBodyBytes:
			options.maxBodyBytes === undefined ? client.maxBodyBytes : wholeNumber('maxBodyBytes', options.maxBodyBytes, 1),
		overflow,
		maxHeaderBytes: client.maxHeaderBytes,
		maxRedirects:
			options.maxRedirects === undefined ? client.maxRedirects : wholeNumber('maxRedirects', options.maxRedirects, 0),
		proxyUrl: options.proxyUrl === undefined ? client.proxyUrl : checkedProxyUrl(options.proxyUrl),
		signal: options.signal,
		onSent: options.onSent,
		onHead: options.onHead,
	};
}
