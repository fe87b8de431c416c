import type { ConnectionOptions } from 'node:tls';
import { requireKnownNames } from './check-names.ts';
import { ACCEPT_ENCODING } from './decode/content-codings.ts';
import { InvalidRequestError } from './errors.ts';
import { type HeaderList, mergeHeaders, type RequestHeaders } from './request-headers.ts';
import { DEFAULT_TIMEOUTS, mergeTimeouts, type Timeouts } from './timeouts.ts';

/** TLS settings, with Node's meanings and defaults: certificates are verified against the bundled roots. */
export type TlsOptions = Readonly<
	Pick<
		ConnectionOptions,
		'rejectUnauthorized' | 'ca' | 'cert' | 'key' | 'passphrase' | 'minVersion' | 'maxVersion' | 'ciphers'
	>
>;

/** How an `HttpClient` asks, and how much it accepts. */
export interface HttpClientOptions {
	/** `User-Agent`. Default `orbweaver`; a crawler should name itself and give a contact. */
	readonly userAgent?: string;
	/** Sent with every request; a request's own header of the same name wins. */
	readonly headers?: RequestHeaders;
	readonly timeouts?: Partial<Timeouts>;
	/** Limit of a body, on the wire and decoded. Default 10 MiB. */
	readonly maxBodyBytes?: number;
	/** Limit of the header names and values of one response. Default 16 KiB. */
	readonly maxHeaderBytes?: number;
	/** Redirects followed by one call; 0 hands the 3xx response itself out. Default 10. */
	readonly maxRedirects?: number;
	/** Connections to one origin; requests beyond it wait, within `totalMs`. Default 64. */
	readonly connectionsPerOrigin?: number;
	readonly tls?: TlsOptions;
	/** An http: or https: proxy for all requests; may hold a user name and password. */
	readonly proxyUrl?: string;
}

/** {@link HttpClientOptions} with every default filled in. */
export interface ClientSettings {
	readonly headers: HeaderList;
	readonly timeouts: Timeouts;
	readonly maxBodyBytes: number;
	readonly maxHeaderBytes: number;
	readonly maxRedirects: number;
	readonly connectionsPerOrigin: number;
	readonly tls: TlsOptions | undefined;
	readonly proxyUrl: string | undefined;
}

const DEFAULTS = {
	userAgent: 'orbweaver',
	maxBodyBytes: 10 * 1024 * 1024,
	maxHeaderBytes: 16 * 1024,
	maxRedirects: 10,
	connectionsPerOrigin: 64,
};

const NAMES: readonly (keyof HttpClientOptions)[] = [
	'userAgent',
	'headers',
	'timeouts',
	'maxBodyBytes',
	'maxHeaderBytes',
	'maxRedirects',
	'connectionsPerOrigin',
	'tls',
	'proxyUrl',
];

const TLS_NAMES: readonly (keyof TlsOptions)[] = [
	'rejectUnauthorized',
	'ca',
	'cert',
	'key',
	'passphrase',
	'minVersion',
	'maxVersion',
	'ciphers',
];

/**
 * Checks the options and fills in the defaults.
 *
 * @throws InvalidRequestError naming the option, its value and what would do.
 */
export function clientSettings(options: HttpClientOptions): ClientSettings {
	requireKnownNames('HttpClient', options, NAMES);
	if (options.tls !== undefined) requireKnownNames('HttpClient tls', options.tls, TLS_NAMES);
	const standard: HeaderList = [
		...['user-agent', options.userAgent ?? DEFAULTS.userAgent],
		...['accept', '*/*'],
		...['accept-encoding', ACCEPT_ENCODING],
	];
	return {
		headers: mergeHeaders(standard, options.headers),
		timeouts: mergeTimeouts(DEFAULT_TIMEOUTS, options.timeouts),
		maxBodyBytes: wholeNumber('maxBodyBytes', options.maxBodyBytes ?? DEFAULTS.maxBodyBytes, 1),
		maxHeaderBytes: wholeNumber('maxHeaderBytes', options.maxHeaderBytes ?? DEFAULTS.maxHeaderBytes, 1),
		maxRedirects: wholeNumber('maxRedirects', options.maxRedirects ?? DEFAULTS.maxRedirects, 0),
		connectionsPerOrigin: wholeNumber(
			'connectionsPerOrigin',
			options.connectionsPerOrigin ?? DEFAULTS.connectionsPerOrigin,
			1,
		),
		tls: options.tls,
		proxyUrl: checkedProxyUrl(options.proxyUrl),
	};
}

/** @throws InvalidRequestError unless `value` is a whole number from `least`. */
export function wholeNumber(name: string, value: number, least: number): number {
	if (Number.isSafeInteger(value) && value >= least) return value;
	throw new InvalidRequestError(`${name} is ${String(value)}: give a whole number from ${least}.`);
}

/** @throws InvalidRequestError unless `value` is undefined or an http(s) URL. The value is not shown: it may hold a password. */
export function checkedProxyUrl(value: string | undefined): string | undefined {
	if (value === undefined) return undefined;
	const protocol = URL.parse(value)?.protocol;
	if (protocol === 'http:' || protocol === 'https:') return value;
	throw new InvalidRequestError(
		`proxyUrl is not an http: or https: URL (scheme: ${protocol ?? 'none'}): give one such as http://proxy.example:3128.`,
	);
}
