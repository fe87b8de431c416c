import type { HttpClient } from '@orbweaver/http';
import { decodeBody } from '@orbweaver/parser';
import type { Request } from '../crawlee.ts';

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

/**
 * Sends a request beside the page's own.
 *
 * @throws HttpError when there is no answer; an error status is an answer.
 */
export async function sendRequest<Body>(
	client: HttpClient,
	request: Request,
	options: SendRequestOptions,
): Promise<SentResponse<Body>> {
	const url = new URL(options.url ?? request.url, request.loadedUrl ?? request.url).href;
	const asJson = options.json !== undefined;
	const headers = { ...(asJson && { 'content-type': 'application/json' }), ...options.headers };
	const body = asJson ? JSON.stringify(options.json) : options.body;
	const response = await client.read(url, {
		method: options.method ?? (asJson ? 'POST' : 'GET'),
		headers,
		...(body !== undefined && { body }),
	});
	const contentType = response.headers['content-type'];
	const text = (): string => decodeBody(response.body, typeof contentType === 'string' ? contentType : undefined).text;
	const { responseType = 'text' } = options;
	const answer = responseType === 'buffer' ? response.body : responseType === 'json' ? JSON.parse(text()) : text();
	return { statusCode: response.status, headers: response.headers, url: response.url, body: answer as Body };
}
