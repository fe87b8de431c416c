import { JsonError, StatusError } from '../errors.ts';
import type { CallEvent } from '../events/events.ts';
import type { Observer } from '../events/observer.ts';
import { firstValue, type ResponseHeaders } from '../response-headers.ts';
import type { TransportResponse } from '../transport/transport.ts';
import type { ResponseBody } from './response-body.ts';
import { decodeText } from './text.ts';

/** When things happened, in milliseconds since the call. With redirects and retries, of the last request. */
export interface HttpTimings {
	/** The request was written to a connected socket. */
	readonly sentMs: number;
	/** The response headers were complete. */
	readonly headersMs: number;
}

/** What a response is made of. */
export interface HttpResponseParts {
	readonly response: TransportResponse;
	readonly event: CallEvent;
	readonly redirectUrls: readonly string[];
	readonly calledAt: number;
	readonly maxBodyBytes: number;
	readonly observer: Observer;
	/** The whole body, where it has been read already. */
	readonly bytes?: Buffer;
}

/** How much of an error's body is shown. */
const EXCERPT_CHARACTERS = 300;

/**
 * A response whose headers are there and whose body may still be arriving. Read the body with `text`, `json` or `bytes`
 * (as often as you like), or iterate `body` (once), or give it up with `discard`. A body of up to 64 KiB that nobody
 * reads frees its connection by itself; a larger one holds it for at most 30 s.
 */
export class HttpResponse implements AsyncDisposable {
	/** Any status: 404 and 500 are answers, not errors. */
	readonly status: number;
	readonly statusText: string;
	/** As received; Content-Encoding and Content-Length describe the body on the wire. */
	readonly headers: ResponseHeaders;
	/** The method of the last request. */
	readonly method: string;
	/** The URL that answered, without credentials. */
	readonly url: string;
	/** The URLs redirected to, in order, the last being `url`; empty when there was no redirect. */
	readonly redirectUrls: readonly string[];
	readonly timings: HttpTimings;
	/** What the cache had to do with it: `hit`, `revalidated` (304), `stale`; `undefined` when it had no part. */
	readonly cacheStatus: TransportResponse['cacheStatus'];
	readonly #body: ResponseBody;
	readonly #parts: HttpResponseParts;
	#bytes: Promise<Buffer> | undefined;

	constructor(parts: HttpResponseParts) {
		const { response, event, redirectUrls, calledAt } = parts;
		this.status = response.status;
		this.statusText = response.statusText;
		this.headers = response.headers;
		this.method = event.method;
		this.url = event.url;
		this.redirectUrls = redirectUrls;
		this.timings = { sentMs: response.sentAt - calledAt, headersMs: response.headersAt - calledAt };
		this.cacheStatus = response.cacheStatus;
		this.#body = response.body;
		this.#parts = parts;
		if (parts.bytes !== undefined) this.#bytes = Promise.resolve(parts.bytes);
	}

	/** Whether the status is 2xx. */
	get ok(): boolean {
		return this.status >= 200 && this.status < 300;
	}

	/** The first value of a header, whatever the case of `name`; `undefined` when it is absent. */
	header(name: string): string | undefined {
		return firstValue(this.headers, name.toLowerCase());
	}

	/**
	 * The body, decoded, piece by piece. The server is read from as fast as you take them. Leaving the loop early gives
	 * the rest up.
	 *
	 * @throws HttpError (while iterating) when the rest does not arrive.
	 */
	get body(): AsyncIterable<Buffer> {
		return this.#bytes === undefined ? this.#body : piecesOf(this.#bytes);
	}

	/**
	 * The whole body.
	 *
	 * @throws BodyTooLargeError over `maxBodyBytes`; another HttpError when it does not arrive in full.
	 */
	async bytes(): Promise<Buffer> {
		this.#bytes ??= this.#collect();
		return await this.#bytes;
	}

	/**
	 * The body as text. Its encoding is that of a byte order mark, else of the Content-Type header, else of a `<meta>` or
	 * XML declaration, else UTF-8. What is malformed becomes U+FFFD.
	 */
	async text(): Promise<string> {
		return decodeText(await this.bytes(), this.header('content-type'));
	}

	/**
	 * The body as JSON (RFC 8259). The type is what you say it is: nothing is checked.
	 *
	 * @throws JsonError when it is not JSON; the message shows its beginning.
	 */
	async json<T = unknown>(): Promise<T> {
		const text = await this.text();
		try {
			return JSON.parse(text) as T;
		} catch (error) {
			throw new JsonError(this, excerptOf(text), error);
		}
	}

	/**
	 * The response itself when its status is below 400.
	 *
	 * @throws StatusError with the beginning of the body otherwise.
	 */
	async ensureOk(): Promise<this> {
		if (this.status < 400) return this;
		let excerpt = '';
		try {
			excerpt = excerptOf(await this.text());
		} catch {
			// A body that does not arrive must not hide the status.
		}
		throw new StatusError(this, this.status, this.statusText, excerpt);
	}

	/** Gives the body up: a small rest is read away, a large one costs the connection. Harmless when it was read. */
	discard(): void {
		if (this.#bytes === undefined) this.#body.discard();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.discard();
	}

	async #collect(): Promise<Buffer> {
		const { maxBodyBytes, observer, event } = this.#parts;
		try {
			const { bytes } = await this.#body.collect({ maxBytes: maxBodyBytes, overflow: 'error' });
			if (observer.hears('body')) observer.tell('body', { ...event, bytes });
			return bytes;
		} catch (error) {
			if (observer.hears('error')) observer.tell('error', { ...event, error });
			throw error;
		}
	}
}

async function* piecesOf(bytes: Promise<Buffer>): AsyncGenerator<Buffer, void> {
	yield await bytes;
}

function excerptOf(text: string): string {
	const line = text.trim().replace(/\s+/g, ' ');
	return line.length > EXCERPT_CHARACTERS ? `${line.slice(0, EXCERPT_CHARACTERS)}…` : line;
}
