import type { Auth } from './auth/auth.ts';
import { optionalFunction } from './check-functions.ts';
import { requireKnownNames } from './check-names.ts';
import { flag, wholeNumber } from './check-numbers.ts';
import { optionalSignal } from './check-signal.ts';
import { type ClientSettings, checkedAuth } from './client-options.ts';
import { checkProxy } from './proxy/check-proxy.ts';
import { type BodyOptions, makeBody } from './request-body/make-body.ts';
import type { RequestBody } from './request-body/request-body.ts';
import { type HeaderList, hasHeader, keepHeaders, mergeHeaders, type RequestHeaders } from './request-headers.ts';
import type { QueryParameters } from './resolve-url.ts';
import { type RetryOptions, type RetrySettings, retrySettings } from './retry/retry-options.ts';
import { mergeTimeouts, type Timeouts } from './timeouts.ts';

/** How to make one request; what is absent comes from the client. At most one of `json`, `form`, `multipart` and `body`. */
export interface RequestOptions extends BodyOptions {
	readonly headers?: RequestHeaders;
	/** Added to the query of the URL. */
	readonly query?: QueryParameters;
	readonly timeouts?: Partial<Timeouts>;
	/** A number of tries after the first, `false` for none, or more exactly. */
	readonly retry?: RetryOptions | number | boolean;
	/**
	 * Limit of the body, on the wire and decoded. Without it `text()`, `json()` and `bytes()` have the client's limit, and
	 * a body that is iterated has none.
	 */
	readonly maxBodyBytes?: number;
	/** Redirects followed; 0 hands out the 3xx response itself. */
	readonly maxRedirects?: number;
	readonly signal?: AbortSignal;
	/** A proxy for this request: http:, https:, socks4: or socks5:. */
	readonly proxy?: string;
	/** Other credentials than the client's, or `false` for none. */
	readonly auth?: Auth | false;
	/** False hands the body out as the server encoded it. Default true. */
	readonly decode?: boolean;
	/** Called when a request is written to a connected socket: once for each redirect and each try. */
	readonly onSent?: () => void;
}

/** {@link RequestOptions} merged with the client's settings. */
export interface RequestSettings {
	readonly headers: HeaderList;
	readonly body: RequestBody | undefined;
	readonly query: QueryParameters | undefined;
	readonly timeouts: Timeouts;
	/** Whether somebody chose `totalMs`: the default does not limit a body that is iterated. */
	readonly totalIsOwn: boolean;
	readonly retry: RetrySettings | undefined;
	readonly maxBodyBytes: number;
	/** Limit of a body that is iterated. */
	readonly maxStreamBytes: number;
	readonly maxHeaderBytes: number;
	readonly maxRedirects: number;
	readonly signal: AbortSignal | undefined;
	readonly proxy: string | undefined;
	readonly auth: Auth | undefined;
	readonly decode: boolean;
	readonly onSent: (() => void) | undefined;
}

/** The names of {@link RequestOptions}. */
export const REQUEST_OPTION_NAMES: readonly (keyof RequestOptions)[] = [
	'headers',
	'query',
	'json',
	'form',
	'multipart',
	'body',
	'timeouts',
	'retry',
	'maxBodyBytes',
	'maxRedirects',
	'signal',
	'proxy',
	'auth',
	'decode',
	'onSent',
];

/**
 * Checks the options of one request and fills in the client's.
 *
 * @throws InvalidRequestError naming the option, its value and what would do.
 */
export function requestSettings(
	client: ClientSettings,
	options: RequestOptions,
	names: readonly string[] = REQUEST_OPTION_NAMES,
): RequestSettings {
	requireKnownNames('The request', options, names);
	const { maxBodyBytes, maxRedirects, timeouts, signal, auth } = options;
	optionalSignal('signal', signal);
	const body = makeBody(options);
	const streamLimit = maxBodyBytes ?? (client.maxBodyIsOwn ? client.maxBodyBytes : Number.POSITIVE_INFINITY);
	return {
		headers: withBodyHeaders(mergeHeaders(client.headers, options.headers), body),
		body,
		query: options.query,
		timeouts: mergeTimeouts(client.timeouts, timeouts),
		totalIsOwn: client.totalIsOwn || timeouts?.totalMs !== undefined,
		retry: options.retry === undefined ? client.retry : retrySettings(client.retry, options.retry),
		maxBodyBytes: maxBodyBytes === undefined ? client.maxBodyBytes : wholeNumber('maxBodyBytes', maxBodyBytes, 1),
		maxStreamBytes: streamLimit,
		maxHeaderBytes: client.maxHeaderBytes,
		maxRedirects: maxRedirects === undefined ? client.maxRedirects : wholeNumber('maxRedirects', maxRedirects, 0),
		signal,
		proxy: options.proxy === undefined ? client.proxy : checkProxy(options.proxy),
		auth: auth === undefined ? client.auth : checkedAuth(auth === false ? undefined : auth),
		decode: flag('decode', options.decode ?? true),
		onSent: optionalFunction('onSent', options.onSent),
	};
}

/** What is known of the body is announced. A length that only the caller knows, of a stream, stays as he says it. */
function withBodyHeaders(headers: HeaderList, body: RequestBody | undefined): HeaderList {
	if (body === undefined) return headers;
	const { length, contentType } = body;
	const isMultipart = contentType?.startsWith('multipart/') ?? false;
	const extended = keepHeaders(
		headers,
		(name) => !(name === 'content-length' && length !== undefined) && !(name === 'content-type' && isMultipart),
	);
	if (contentType !== undefined && !hasHeader(extended, 'content-type')) extended.push('content-type', contentType);
	if (length !== undefined) extended.push('content-length', String(length));
	return extended;
}
