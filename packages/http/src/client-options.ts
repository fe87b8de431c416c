import type { Auth } from './auth/auth.ts';
import { type CacheSettings, cacheSettings, type HttpCacheOptions } from './cache/cache-options.ts';
import { requireKnownNames } from './check-names.ts';
import { flag, wholeNumber, wholeNumberOrInfinity } from './check-numbers.ts';
import { CookieJar } from './cookies/cookie-jar.ts';
import { ACCEPT_ENCODING } from './decode/content-codings.ts';
import { checkDns, type DnsOptions } from './dns/dns-options.ts';
import { InvalidRequestError } from './errors.ts';
import type { HttpHooks } from './events/events.ts';
import { kindOf } from './kind-of.ts';
import { checkProxy } from './proxy/check-proxy.ts';
import { type HeaderList, mergeHeaders, type RequestHeaders, requireSendable } from './request-headers.ts';
import { DEFAULT_RETRY, type RetryOptions, type RetrySettings, retrySettings } from './retry/retry-options.ts';
import { DEFAULT_TIMEOUTS, mergeTimeouts, type Timeouts } from './timeouts.ts';
import { checkTls, type TlsOptions } from './tls/tls-options.ts';
import type { Transport } from './transport/transport.ts';

/** How an `HttpClient` asks, how much it accepts, and how hard it tries. */
export interface HttpClientOptions {
	/**
	 * What relative URLs are resolved against (RFC 3986 §5). Its path must end in `/`, or its last part would be replaced
	 * instead of continued. Where there is one, `auth` is sent to its origin only.
	 */
	readonly baseUrl?: string | URL;
	/** `User-Agent`. Default `orbweaver`; a crawler should name itself and give a contact. */
	readonly userAgent?: string;
	/** Sent with every request; a request's own header of the same name wins. */
	readonly headers?: RequestHeaders;
	/** Credentials: `bearerAuth`, `basicAuth`, `digestAuth`, or your own. */
	readonly auth?: Auth;
	/** True for a new jar, or one that you keep. Default: cookies are neither kept nor sent. */
	readonly cookies?: boolean | CookieJar;
	readonly limits?: LimitOptions;
	/** To one origin, at most `maxCalls` requests go out in any `periodMs`. Default: no limit. */
	readonly rateLimit?: RateLimitOptions;
	readonly timeouts?: Partial<Timeouts>;
	/** A number of tries after the first, `false` for none, or more exactly. Default 2. */
	readonly retry?: RetryOptions | number | boolean;
	/** Limit of a body that is read as a whole, on the wire and decoded. Default 10 MiB. */
	readonly maxBodyBytes?: number;
	/** Limit of the header names and values of one response. Default 16 KiB. */
	readonly maxHeaderBytes?: number;
	/** Redirects followed by one call; 0 hands the 3xx response itself out. Default 10. */
	readonly maxRedirects?: number;
	readonly tls?: TlsOptions;
	/**
	 * A proxy for all requests (http:, https:, socks4: or socks5:, with user name and password if need be), or
	 * `'environment'` for those that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name. Default: none.
	 */
	readonly proxy?: string;
	/** Caching of resolved names; `false` asks the system for each connection. */
	readonly dns?: DnsOptions | false;
	/** Speak HTTP/2 with servers that offer it over TLS. Default false. */
	readonly http2?: boolean;
	/** Keep responses and reuse them as RFC 9111 allows. Default false. */
	readonly cache?: HttpCacheOptions | boolean;
	/** Told what happens: one set of functions, or several. */
	readonly hooks?: HttpHooks | readonly HttpHooks[];
	/** What sends the requests instead of real connections: a `MockTransport`. It is left open at the end. */
	readonly transport?: Transport;
}

/** How many requests may be under way at once; those beyond wait for a slot, first come, first served. */
export interface LimitOptions {
	/** All together. Default 100. */
	readonly total?: number;
	/** To one origin, and connections to it. Default 20. */
	readonly perHost?: number;
}

/** At most `maxCalls` in any `periodMs`. */
export interface RateLimitOptions {
	readonly maxCalls: number;
	readonly periodMs: number;
}

/** {@link HttpClientOptions} with every default filled in. */
export interface ClientSettings {
	readonly baseUrl: URL | undefined;
	readonly headers: HeaderList;
	readonly auth: Auth | undefined;
	readonly cookies: CookieJar | undefined;
	readonly limits: Required<LimitOptions>;
	readonly rateLimit: RateLimitOptions | undefined;
	readonly timeouts: Timeouts;
	/** Whether somebody chose `totalMs`. */
	readonly totalIsOwn: boolean;
	readonly retry: RetrySettings | undefined;
	readonly maxBodyBytes: number;
	/** Whether somebody chose `maxBodyBytes`. */
	readonly maxBodyIsOwn: boolean;
	readonly maxHeaderBytes: number;
	readonly maxRedirects: number;
	readonly tls: TlsOptions | undefined;
	readonly proxy: string | undefined;
	readonly dns: DnsOptions | undefined;
	readonly http2: boolean;
	readonly cache: CacheSettings | undefined;
	readonly hooks: HttpHooks | readonly HttpHooks[] | undefined;
	readonly transport: Transport | undefined;
}

const DEFAULTS = {
	userAgent: 'orbweaver',
	limits: { total: 100, perHost: 20 },
	maxBodyBytes: 10 * 1024 * 1024,
	maxHeaderBytes: 16 * 1024,
	maxRedirects: 10,
};

const NAMES: readonly (keyof HttpClientOptions)[] = [
	'baseUrl',
	'userAgent',
	'headers',
	'auth',
	'cookies',
	'limits',
	'rateLimit',
	'timeouts',
	'retry',
	'maxBodyBytes',
	'maxHeaderBytes',
	'maxRedirects',
	'tls',
	'proxy',
	'dns',
	'http2',
	'cache',
	'hooks',
	'transport',
];

/**
 * Checks the options and fills in the defaults.
 *
 * @throws InvalidRequestError naming the option, its value and what would do.
 */
export function clientSettings(options: HttpClientOptions): ClientSettings {
	requireKnownNames('HttpClient', options, NAMES);
	requireSendable('User-Agent', options.userAgent ?? DEFAULTS.userAgent);
	const standard: HeaderList = [
		...['user-agent', options.userAgent ?? DEFAULTS.userAgent],
		...['accept', '*/*'],
		...['accept-encoding', ACCEPT_ENCODING],
	];
	return {
		baseUrl: checkedBaseUrl(options.baseUrl),
		headers: mergeHeaders(standard, options.headers),
		auth: checkedAuth(options.auth),
		cookies: cookieJar(options.cookies),
		limits: checkedLimits(options.limits),
		rateLimit: checkedRateLimit(options.rateLimit),
		timeouts: mergeTimeouts(DEFAULT_TIMEOUTS, options.timeouts),
		totalIsOwn: options.timeouts?.totalMs !== undefined,
		retry: retrySettings(DEFAULT_RETRY, options.retry),
		maxBodyBytes: wholeNumber('maxBodyBytes', options.maxBodyBytes ?? DEFAULTS.maxBodyBytes, 1),
		maxBodyIsOwn: options.maxBodyBytes !== undefined,
		maxHeaderBytes: wholeNumber('maxHeaderBytes', options.maxHeaderBytes ?? DEFAULTS.maxHeaderBytes, 1),
		maxRedirects: wholeNumber('maxRedirects', options.maxRedirects ?? DEFAULTS.maxRedirects, 0),
		tls: checkTls(options.tls),
		proxy: checkProxy(options.proxy),
		dns: checkDns(options.dns),
		http2: flag('http2', options.http2 ?? false),
		cache: cacheSettings(options.cache),
		hooks: options.hooks,
		transport: checkedTransport(options.transport),
	};
}

function cookieJar(cookies: boolean | CookieJar | undefined): CookieJar | undefined {
	if (cookies instanceof CookieJar) return cookies;
	if (cookies === undefined || typeof cookies === 'boolean') return cookies ? new CookieJar() : undefined;
	throw new InvalidRequestError(`cookies is ${kindOf(cookies)}: give true, false or a CookieJar.`);
}

function checkedTransport(transport: Transport | undefined): Transport | undefined {
	if (transport === undefined || typeof transport?.send === 'function') return transport;
	throw new InvalidRequestError('transport has no function "send": give a MockTransport, or leave it out.');
}

function checkedBaseUrl(value: string | URL | undefined): URL | undefined {
	if (value === undefined) return undefined;
	const url = URL.parse(String(value));
	if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
		const shown = String(value).replace(/^.*@/s, '…@');
		throw new InvalidRequestError(`baseUrl is "${shown}": give an http(s) URL such as https://api.example.com/v1/.`);
	}
	if (!url.pathname.endsWith('/')) {
		throw new InvalidRequestError(
			`baseUrl has the path "${url.pathname}": end it with "/", or relative URLs would replace its last part.`,
		);
	}
	if (url.search !== '' || url.hash !== '') {
		throw new InvalidRequestError('baseUrl has a query or a fragment, which relative URLs replace: leave it out.');
	}
	return url;
}

/** @throws InvalidRequestError when it is none. */
export function checkedAuth(auth: Auth | undefined): Auth | undefined {
	if (auth === undefined || typeof auth?.authorize === 'function') return auth;
	throw new InvalidRequestError(
		'auth has no function "authorize": give bearerAuth(…), basicAuth(…), digestAuth(…) or an object of your own.',
	);
}

function checkedLimits(limits: LimitOptions | undefined): Required<LimitOptions> {
	if (limits !== undefined) requireKnownNames('limits', limits, ['total', 'perHost']);
	const { total = DEFAULTS.limits.total, perHost = DEFAULTS.limits.perHost } = limits ?? {};
	return {
		total: wholeNumberOrInfinity('limits.total', total, 1),
		perHost: wholeNumberOrInfinity('limits.perHost', perHost, 1),
	};
}

function checkedRateLimit(rate: RateLimitOptions | undefined): RateLimitOptions | undefined {
	if (rate === undefined) return undefined;
	requireKnownNames('rateLimit', rate, ['maxCalls', 'periodMs']);
	return {
		maxCalls: wholeNumber('rateLimit.maxCalls', rate.maxCalls, 1),
		periodMs: wholeNumber('rateLimit.periodMs', rate.periodMs, 1),
	};
}
