import { type BufferedResponse, bufferedResponse } from './buffered-response.ts';
import { type CallContext, type CallRequest, call, withSecretsOf } from './call/call.ts';
import { CallCounter } from './call/call-counter.ts';
import { composeSend } from './call/compose-send.ts';
import { readWhole } from './call/read-whole.ts';
import { optionalFunction } from './check-functions.ts';
import { type BatchOptions, type BatchRequest, type BatchResult, clientBatch } from './client-batch.ts';
import { type ClientSettings, clientSettings, type HttpClientOptions } from './client-options.ts';
import type { DownloadFetch } from './download/download-fetch.ts';
import type { DownloadOptions } from './download/download-options.ts';
import type { DownloadResult } from './download/download-result.ts';
import { InvalidRequestError } from './errors.ts';
import { Observer } from './events/observer.ts';
import { SlotQueue } from './limits/slot-queue.ts';
import { checkedOverflow, READ_OPTION_NAMES, type ReadOptions } from './read-options.ts';
import { letGo } from './request-body/source-stream.ts';
import { type RequestOptions, requestSettings } from './request-options.ts';
import { resolveUrl } from './resolve-url.ts';
import { HttpResponse } from './response/http-response.ts';
import type { Transport, TransportStats } from './transport/transport.ts';
import { Connectors } from './undici/connectors.ts';
import type { ConnectionSettings } from './undici/dispatcher-factory.ts';
import { UndiciTransport } from './undici/undici-transport.ts';
import type { WebSocketConnection } from './websocket/connection.ts';
import type { WebSocketOptions } from './websocket/websocket-options.ts';

/** What a client is doing now. */
export interface ClientStats extends TransportStats {
	/** Requests that wait for a slot. */
	readonly pending: number;
	/** Requests that have a slot: they are being sent or answered, or their body has yet to be read. */
	readonly running: number;
}

function connectionSettings(settings: ClientSettings): ConnectionSettings {
	const { limits, timeouts, maxHeaderBytes, tls, dns, http2 } = settings;
	return { connectionsPerOrigin: limits.perHost, connectMs: timeouts.connectMs, maxHeaderBytes, tls, dns, http2 };
}

/** @throws InvalidRequestError for what is no method (RFC 9110 §9.1). */
function checkedMethod(method: string): string {
	if (typeof method === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(method)) {
		const upperCase = method.toUpperCase();
		if (upperCase !== 'CONNECT') return upperCase;
		throw new InvalidRequestError('The method is "CONNECT", which opens a tunnel: use the option proxy for that.');
	}
	throw new InvalidRequestError(`The method is ${JSON.stringify(method)}: give one such as GET.`);
}

/** Of a batch whose client has no limit. */
const DEFAULT_CONCURRENCY = 100;

/**
 * An HTTP client whose every wait and every buffer has a limit. One client serves any number of origins and any number
 * of requests at once, and keeps connections open between them; close it, best with `await using`.
 *
 * Downloads and WebSockets are loaded when they are first asked for: a crawler that has neither starts without them.
 */
export class HttpClient implements AsyncDisposable {
	readonly #settings: ClientSettings;
	readonly #transport: Transport;
	readonly #slots: SlotQueue;
	readonly #context: CallContext;
	readonly #calls = new CallCounter();
	readonly #credentialWaits = new CallCounter();
	readonly #ended = new AbortController();
	readonly #connectors: Connectors;
	readonly #webSockets = new Set<WebSocketConnection>();
	#closed = false;

	/** @throws InvalidRequestError for an unknown option or a value that cannot be used. */
	constructor(options: HttpClientOptions = {}) {
		const settings = clientSettings(options);
		const observer = new Observer(settings.hooks);
		this.#settings = settings;
		this.#slots = new SlotQueue({ ...settings.limits, ...(settings.rateLimit && { rate: settings.rateLimit }) });
		const connections = connectionSettings(settings);
		this.#connectors = new Connectors(connections);
		this.#transport = settings.transport ?? new UndiciTransport(connections, this.#connectors);
		const ended = this.#ended.signal;
		const send = composeSend({ transport: this.#transport, slots: this.#slots, observer, settings, ended });
		const keepsCookies = settings.cookies !== undefined;
		this.#context = { send, observer, ended, keepsCookies, credentialWaits: this.#credentialWaits };
	}

	/**
	 * Asks for `url` and resolves when the headers of the response are there, whatever its status. Relative URLs need the
	 * client's `baseUrl`. User info in the URL is sent as Basic authorization.
	 *
	 * @throws HttpError (rejects) always one of its subclasses, unless a function of yours threw something of its own.
	 */
	async request(method: string, url: string | URL, options: RequestOptions = {}): Promise<HttpResponse> {
		this.#refuseWhenClosed();
		return await this.#request(method, url, options);
	}

	async #request(
		method: string,
		url: string | URL,
		options: RequestOptions,
		secretsOf?: string,
	): Promise<HttpResponse> {
		const asked = this.#callRequest(method, url, options);
		const request = secretsOf === undefined ? asked : withSecretsOf(asked, secretsOf);
		const { observer } = this.#context;
		const answer = await this.#calls.count(() => call(this.#context, request));
		return new HttpResponse({ ...answer, maxBodyBytes: request.settings.maxBodyBytes, observer });
	}

	/** See {@link HttpClient.request}. */
	get(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
		return this.request('GET', url, options);
	}

	/** See {@link HttpClient.request}. */
	head(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
		return this.request('HEAD', url, options);
	}

	/** See {@link HttpClient.request}. */
	post(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
		return this.request('POST', url, options);
	}

	/** See {@link HttpClient.request}. */
	put(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
		return this.request('PUT', url, options);
	}

	/** See {@link HttpClient.request}. */
	patch(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
		return this.request('PATCH', url, options);
	}

	/** See {@link HttpClient.request}. */
	delete(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
		return this.request('DELETE', url, options);
	}

	/**
	 * Asks for `url` and resolves with the whole response in memory, decoded, whatever its status. A body that breaks off
	 * is asked for again like a request that failed, because nobody has seen any of it.
	 *
	 * @throws HttpError (rejects) always one of its subclasses, unless `onSent` or `onHead` threw something of its own.
	 */
	async read(url: string | URL, options: ReadOptions = {}): Promise<BufferedResponse> {
		this.#refuseWhenClosed();
		const { method = 'GET', onHead } = options ?? {};
		const request = this.#callRequest(method, url, options, READ_OPTION_NAMES);
		const overflow = checkedOverflow(options.overflow);
		optionalFunction('onHead', onHead);
		return bufferedResponse(await this.#calls.count(() => readWhole(this.#context, { ...request, overflow, onHead })));
	}

	/**
	 * Makes any number of requests, `concurrency` of them at a time, and gives out what became of each as it comes (or in
	 * their order, if asked). A request that fails is a result like another. Requests are taken from `requests` only as
	 * they can be made and results can be taken, so that both may be endless; leaving the loop aborts the rest.
	 *
	 * @throws (while iterating) InvalidRequestError for an unknown option, or when the client was closed meanwhile; what `requests` throws; the reason of `signal`.
	 */
	batch<Request extends BatchRequest>(
		requests: Iterable<Request> | AsyncIterable<Request>,
		options: BatchOptions = {},
	): AsyncIterable<BatchResult<Request>> {
		const { total } = this.#settings.limits;
		const concurrency = Number.isFinite(total) ? total : DEFAULT_CONCURRENCY;
		const fetch = (...request: Parameters<HttpClient['request']>): Promise<HttpResponse> =>
			this.#readResponse(...request);
		return clientBatch(requests, options, { concurrency, fetch, refuseWhenClosed: () => this.#refuseWhenClosed() });
	}

	/**
	 * Brings the file at `url` to the disk, resuming what an earlier run has left of it; see {@link download}.
	 *
	 * @param file the path of the file, or a folder for the name that the server gives. Default: the current folder.
	 * @throws InvalidRequestError, DownloadError with a `reason`, AbortedError, or the HttpError of the last try.
	 */
	async download(url: string | URL, file?: string, options: DownloadOptions = {}): Promise<DownloadResult> {
		this.#refuseWhenClosed();
		const { baseUrl } = this.#settings;
		// Its pieces are still asked for while the client waits for its end.
		const fetch: DownloadFetch = { get: (...request) => this.#request('GET', ...request) };
		const absolute = (address: string | URL): string | URL => resolveUrl('GET', address, baseUrl, undefined);
		// Whatever else was given is refused there.
		const given = Array.isArray(options?.mirrors) ? { ...options, mirrors: options.mirrors.map(absolute) } : options;
		return await this.#calls.count(async () => {
			const { download } = await import('./download/download.ts');
			return await download(fetch, absolute(url), file, given);
		});
	}

	/**
	 * Opens a WebSocket, with the headers, credentials, cookies, TLS and proxy of the client. It has no slot: `limits` are
	 * for requests. It ends with the client.
	 *
	 * @param url ws(s) or http(s), or relative to `baseUrl`.
	 * @throws HttpError (rejects): WebSocketError when the server refuses the upgrade; ConnectError, TlsError, TimeoutError,
	 * ProtocolError or HeadersTooLargeError when it gives no answer to go by; AuthError, AbortedError, InvalidRequestError.
	 */
	async connect(url: string | URL, options: WebSocketOptions = {}): Promise<WebSocketConnection> {
		this.#refuseWhenClosed();
		return await this.#calls.count(async () => {
			const [{ webSocketContext }, { connectWebSocket }] = await Promise.all([
				import('./client-websocket.ts'),
				import('./websocket/connect-websocket.ts'),
			]);
			const context = webSocketContext(this.#settings, this.#connectors, this.#ended.signal);
			const connection = await connectWebSocket(context, url, options);
			this.#webSockets.add(connection);
			void connection.closed.then(() => this.#webSockets.delete(connection));
			if (!this.#closed) return connection;
			await connection.close();
			throw new InvalidRequestError('The client was closed while it connected.');
		});
	}

	/** What the client is doing at this moment. */
	get stats(): ClientStats {
		const { pools, connections } = this.#transport.stats;
		return { pools, connections, pending: this.#slots.waiting, running: this.#slots.active };
	}

	/**
	 * Takes no more requests, waits for those under way, retries and downloads included, and closes all connections,
	 * WebSockets too. A body that nobody reads is waited for a second.
	 */
	async close(): Promise<void> {
		this.#closed = true;
		await Promise.all([...this.#webSockets].map((connection) => connection.close()));
		await this.#calls.idle();
		if (this.#settings.transport === undefined) await this.#transport.close();
	}

	/** Fails what is under way with AbortedError and closes all connections. */
	async destroy(): Promise<void> {
		this.#closed = true;
		this.#ended.abort();
		this.#slots.close(new Error('The client was destroyed.'));
		if (this.#settings.transport === undefined) await this.#transport.destroy();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}

	#refuseWhenClosed(): void {
		// What is still under way may fetch its token with this very client.
		if (!this.#closed || (this.#credentialWaits.running > 0 && !this.#ended.signal.aborted)) return;
		throw new InvalidRequestError('The client is closed: make a new HttpClient.');
	}

	/** A response whose body has been read. */
	async #readResponse(method: string, url: string | URL, options: RequestOptions = {}): Promise<HttpResponse> {
		this.#refuseWhenClosed();
		const request = this.#callRequest(method, url, options);
		const { observer } = this.#context;
		const answer = await this.#calls.count(() => readWhole(this.#context, { ...request, overflow: 'error' }));
		return new HttpResponse({ ...answer, maxBodyBytes: request.settings.maxBodyBytes, observer });
	}

	#callRequest(method: string, url: string | URL, options: RequestOptions, names?: readonly string[]): CallRequest {
		const { baseUrl } = this.#settings;
		try {
			const settings = requestSettings(this.#settings, options, names);
			const upperCase = checkedMethod(method);
			const resolved = resolveUrl(upperCase, url, baseUrl, settings.query);
			return { method: upperCase, url: resolved, settings, authOrigin: baseUrl?.origin };
		} catch (error) {
			// Like the stream of any request that is not sent: nobody else would close it.
			letGo((options as RequestOptions | undefined)?.body);
			throw error;
		}
	}
}
