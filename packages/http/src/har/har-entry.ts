import { isUtf8 } from 'node:buffer';
import type { RequestEvent, ResponseEvent } from '../events/events.ts';
import { withoutCredentials } from '../request-target.ts';
import { firstValue } from '../response-headers.ts';
import type { HarEntry, HarPair } from './har.ts';

/** What was seen of one request. */
export interface RecordedExchange {
	/** Milliseconds since the epoch. */
	readonly startedAt: number;
	readonly request: RequestEvent;
	response?: ResponseEvent;
	wireBytes?: number;
	totalMs?: number;
	/** Length of the body, decoded. */
	contentBytes?: number;
	content?: Buffer;
	error?: string;
}

const VERSION = 'HTTP/1.1';
const REDACTED = '[redacted]';

/** An exchange as the archive has it; the values of the headers in `secrets` (lower case) are left out. */
export function harEntry(exchange: RecordedExchange, secrets: ReadonlySet<string>): HarEntry {
	const { request, response, startedAt } = exchange;
	const waitMs = response === undefined ? 0 : Math.max(0, response.headersMs - response.sentMs);
	const receiveMs =
		response === undefined ? 0 : Math.max(0, (exchange.totalMs ?? response.headersMs) - response.headersMs);
	return {
		startedDateTime: new Date(startedAt).toISOString(),
		time: round(waitMs + receiveMs),
		request: {
			method: request.method,
			url: shownUrl(request.url, request.url, secrets),
			httpVersion: VERSION,
			cookies: [],
			headers: request.headers.map(([name, value]) => ({
				name,
				value: shownHeader(name, value, request.url, secrets),
			})),
			queryString: [...new URL(request.url).searchParams].map(([name, value]) => pair(name, value, secrets)),
			...postData(request),
			headersSize: -1,
			bodySize: request.bodyBytes ?? -1,
		},
		response: responseOf(exchange, secrets),
		cache: {},
		timings: { blocked: -1, send: 0, wait: round(waitMs), receive: round(receiveMs) },
	};
}

function responseOf(exchange: RecordedExchange, secrets: ReadonlySet<string>): HarEntry['response'] {
	const { response, error, wireBytes, contentBytes } = exchange;
	const headers = response?.headers ?? {};
	const { url } = exchange.request;
	const location = firstValue(headers, 'location');
	return {
		status: response?.status ?? 0,
		statusText: response?.statusText ?? '',
		httpVersion: VERSION,
		cookies: [],
		headers: Object.entries(headers).flatMap(([name, values = []]) =>
			[values].flat().map((value) => ({ name, value: shownHeader(name, value, url, secrets) })),
		),
		content: {
			size: contentBytes ?? wireBytes ?? 0,
			mimeType: firstValue(headers, 'content-type') ?? '',
			...contentText(exchange.content),
		},
		redirectURL: location === undefined ? '' : shownUrl(location, url, secrets),
		headersSize: -1,
		bodySize: wireBytes ?? -1,
		...(error !== undefined && { _error: error }),
	};
}

/** Headers that hold a URL, which may hold a secret: a signed address that is redirected to, a token in its fragment. */
const WITH_URL: ReadonlySet<string> = new Set(['location', 'content-location', 'referer']);

/** As it was, unless there is something to hide in it. */
function shownUrl(text: string, base: string, secrets: ReadonlySet<string>): string {
	if (secrets.size === 0) return text;
	const url = URL.parse(text, base);
	if (url === null) return REDACTED;
	const fragment = new URLSearchParams(url.hash.slice(1));
	const isHidden = [hide(url.searchParams, secrets), hide(fragment, secrets), url.username + url.password !== ''];
	if (!isHidden.includes(true)) return text;
	if (isHidden[1]) url.hash = fragment.toString();
	return withoutCredentials(url).href;
}

/** @returns whether there was anything. */
function hide(parameters: URLSearchParams, secrets: ReadonlySet<string>): boolean {
	const names = [...parameters.keys()].filter((name) => secrets.has(name.toLowerCase()));
	for (const name of names) parameters.set(name, REDACTED);
	return names.length > 0;
}

function shownHeader(name: string, value: string, url: string, secrets: ReadonlySet<string>): string {
	if (secrets.has(name)) return REDACTED;
	return WITH_URL.has(name) ? shownUrl(value, url, secrets) : value;
}

function pair(name: string, value: string, secrets: ReadonlySet<string>): HarPair {
	return { name, value: secrets.has(name.toLowerCase()) ? REDACTED : value };
}

function postData({ body, headers }: RequestEvent): { postData?: { mimeType: string; text: string } } {
	if (body === undefined) return {};
	const mimeType = headers.find(([name]) => name === 'content-type')?.[1] ?? '';
	return { postData: { mimeType, text: typeof body === 'string' ? body : Buffer.from(body).toString() } };
}

function contentText(content: Buffer | undefined): { text?: string; encoding?: 'base64' } {
	if (content === undefined) return {};
	return isUtf8(content) ? { text: content.toString() } : { text: content.toString('base64'), encoding: 'base64' };
}

function round(milliseconds: number): number {
	return Math.round(milliseconds * 1_000) / 1_000;
}
