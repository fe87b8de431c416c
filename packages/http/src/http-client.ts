import type { BufferedResponse } from './buffered-response.ts';
import { type ClientSettings, clientSettings, type HttpClientOptions } from './client-options.ts';
import { read } from './read.ts';
import { type ReadOptions, readSettings } from './read-options.ts';
import { type ClientStats, Transport } from './undici/transport.ts';

/**
 * An HTTP/1.1 client whose every wait and every buffer has a limit. One client serves any number of origins and keeps
 * their connections open between requests; close it, best with `await using`.
 */
export class HttpClient implements AsyncDisposable {
	readonly #settings: ClientSettings;
	readonly #transport: Transport;

	/** @throws InvalidRequestError for an unknown option or a value that cannot be used. */
	constructor(options: HttpClientOptions = {}) {
		this.#settings = clientSettings(options);
		this.#transport = new Transport(this.#settings);
	}

	/**
	 * Asks for `url` and resolves with the whole response, decoded, whatever its status.
	 *
	 * User info in the URL is sent as Basic authorization. A redirect to another origin loses every header that is not
	 * known to be harmless. An idempotent request that met a connection the server was just closing is sent once more.
	 *
	 * @throws HttpError (rejects) always one of its subclasses, unless `onSent` or `onHead` threw something of its own.
	 */
	async read(url: string | URL, options: ReadOptions = {}): Promise<BufferedResponse> {
		return await read(this.#transport, url, readSettings(this.#settings, options));
	}

	/** What the client is doing at this moment. */
	get stats(): ClientStats {
		return this.#transport.stats;
	}

	/** Takes no more requests, waits for those in flight and closes all connections. */
	async close(): Promise<void> {
		await this.#transport.close();
	}

	/** Fails the requests in flight with `AbortedError` and closes all connections. */
	async destroy(): Promise<void> {
		await this.#transport.destroy();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}
}
