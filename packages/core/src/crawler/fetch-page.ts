import { type BufferedResponse, type HttpClient, parseRetryAfter, redirectTarget } from '@orbweaver/http';
import type { UrlResolver } from '@orbweaver/parser';
import { NonRetryableError, type ProxyInfo, type Request, type Session } from '../crawlee.ts';
import type { PaceSignal } from '../lanes/slow-down.ts';
import { HttpStatusError } from '../retry/http-status-error.ts';
import type { LeasedRequest } from '../store/crawl-store.ts';
import type { ResolvedOptions } from './crawler-options.ts';
import { mediaTypeOf, Page } from './page.ts';

/** A page type that nobody asked for. */
export class UnsupportedContentTypeError extends NonRetryableError {
	constructor(url: string, mediaType: string) {
		super(`${url} is ${mediaType}; to handle such pages, name the type in additionalMimeTypes.`);
		this.name = 'UnsupportedContentTypeError';
	}
}

/** What a fetch came to. */
export type Fetched =
	| { readonly kind: 'page'; readonly page: Page }
	| {
			readonly kind: 'redirect';
			readonly status: number;
			readonly target: RedirectTarget;
			readonly setsCookie: boolean;
	  };

export interface RedirectTarget {
	readonly url: string;
	readonly method: string;
	readonly dropBody: boolean;
}

/** What a fetch needs beside the request. */
export interface FetchParts {
	readonly client: HttpClient;
	readonly resolver: UrlResolver;
	readonly options: ResolvedOptions;
	readonly session: Session | undefined;
	readonly proxyInfo: ProxyInfo | undefined;
	/** The request goes out to the domain at this moment. */
	sent(): void;
	/** The whole answer is there; for those who watch. */
	received(response: BufferedResponse): void;
	/** The domain has answered. */
	answered(signal: PaceSignal): void;
	statusCode(status: number): void;
}

/**
 * Fetches one page. Redirects are not followed here: each hop goes back to the queue, so that the domain it leads to is
 * asked at its own pace.
 *
 * @throws HttpStatusError for an error status, UnsupportedContentTypeError for a type that is not handled, HttpError
 * when there is no usable answer.
 */
export async function fetchPage(leased: LeasedRequest, request: Request, parts: FetchParts): Promise<Fetched> {
	const { options, session, proxyInfo } = parts;
	const { url } = leased;
	const payload = leased.data?.payload;
	const response = await parts.client.read(url, {
		method: leased.method,
		headers: requestHeaders(url, request, parts),
		...(payload !== undefined && { body: payload }),
		maxBodyBytes: options.maxBodyBytes,
		maxRedirects: 0,
		timeouts: { totalMs: options.navigationTimeoutMs },
		...(proxyInfo !== undefined && { proxy: proxyInfo.url }),
		onSent: parts.sent,
		onHead: ({ status, headers }) => {
			const isWanted = !isRedirect(status, headers.location) && !options.isErrorStatus(status);
			return isWanted && options.acceptsType(mediaTypeOf(headers['content-type'])) ? 'read' : 'discard';
		},
	});
	parts.received(response);
	const { status, headers } = response;
	const retryAfterMs = status >= 400 ? parseRetryAfter(headers['retry-after'], Date.now()) : undefined;
	parts.answered({ status, retryAfterMs });
	if (status >= 400) parts.statusCode(status);
	if (session !== undefined && options.persistCookiesPerSession) session.setCookiesFromResponse({ headers, url });
	const target = redirectTarget(status, headers, url, leased.method);
	if (target !== undefined) {
		return { kind: 'redirect', status, target, setsCookie: headers['set-cookie'] !== undefined };
	}
	if (options.isErrorStatus(status)) {
		throw new HttpStatusError(status, url, { reason: response.statusText, retryAfterMs });
	}
	const mediaType = mediaTypeOf(headers['content-type']);
	if (!options.acceptsType(mediaType)) throw new UnsupportedContentTypeError(url, mediaType);
	return { kind: 'page', page: new Page(response, parts.resolver) };
}

/** Without a `Location`, a redirect is a page like any other, as browsers take it. */
function isRedirect(status: number, location: unknown): boolean {
	return location !== undefined && [301, 302, 303, 307, 308].includes(status);
}

function requestHeaders(url: string, request: Request, { session, options }: FetchParts): Record<string, string> {
	const cookies = session !== undefined && options.persistCookiesPerSession ? session.getCookieString(url) : '';
	const own = request.headers ?? {};
	return cookies === '' ? own : { cookie: cookies, ...own };
}
