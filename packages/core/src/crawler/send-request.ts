import type { HttpClient } from '@orbweaver/http';
import { decodeBody } from '@orbweaver/parser';
import type { ProxyInfo, Request, Session } from '../crawlee.ts';
import type { ResolvedOptions } from './crawler-options.ts';

/** A further request from within a handler. What is missing is that of the page's own request. */
export interface SendRequestOptions {
	readonly url?: string;
	/** Default `'GET'`. */
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string | Uint8Array;
	/** Sent as JSON. */
	readonly json?: unknown;
	/** What the answer's body becomes. Default `'text'`. */
	readonly responseType?: 'text' | 'json' | 'buffer';
}

/** The answer to a further request. */
export interface SentResponse<Body> {
	readonly statusCode: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	/** Where the redirects ended. */
	readonly url: string;
	readonly body: Body;
}

/** What of the page and the crawl a further request takes on. */
export interface SendRequestParts {
	readonly client: HttpClient;
	readonly request: Request;
	readonly options: Pick<ResolvedOptions, 'maxBodyBytes' | 'maxRedirects' | 'navigationTimeoutMs'>;
	readonly session: Session | undefined;
	readonly proxyInfo: ProxyInfo | undefined;
}

/**
 * Sends a request beside the page's own: with the crawler's limits, through the page's proxy, with the cookies of its
 * session.
 *
 * @throws HttpError when there is no answer; an error status is an answer. SyntaxError when JSON was asked for and the
 * body is none.
 */
export async function sendRequest<Body>(
	parts: SendRequestParts,
	options: SendRequestOptions,
): Promise<SentResponse<Body>> {
	const { client, request, session, proxyInfo } = parts;
	const url = new URL(options.url ?? request.url, request.loadedUrl ?? request.url).href;
	const asJson = options.json !== undefined;
	const cookie = session?.getCookieString(url) ?? '';
	const headers = {
		...(cookie !== '' && { cookie }),
		...(asJson && { 'content-type': 'application/json' }),
		...options.headers,
	};
	const body = asJson ? JSON.stringify(options.json) : options.body;
	const response = await client.read(url, {
		method: options.method ?? (asJson ? 'POST' : 'GET'),
		headers,
		maxBodyBytes: parts.options.maxBodyBytes,
		maxRedirects: parts.options.maxRedirects,
		timeouts: { totalMs: parts.options.navigationTimeoutMs },
		...(body !== undefined && { body }),
		...(proxyInfo !== undefined && { proxy: proxyInfo.url }),
	});
	session?.setCookiesFromResponse({ headers: response.headers, url: response.url });
	const contentType = response.headers['content-type'];
	const text = (): string => decodeBody(response.body, typeof contentType === 'string' ? contentType : undefined).text;
	const { responseType = 'text' } = options;
	const answer = responseType === 'buffer' ? response.body : responseType === 'json' ? JSON.parse(text()) : text();
	return { statusCode: response.status, headers: response.headers, url: response.url, body: answer as Body };
}
