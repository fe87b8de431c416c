import type { ClientSettings } from '../client-options.ts';
import { AbortedError, InvalidRequestError } from '../errors.ts';
import type { HeaderList } from '../request-headers.ts';
import { DispatcherFactory } from './dispatcher-factory.ts';
import { Exchange, type ExchangeHost, type ExchangeResult, type OutgoingRequest } from './exchange.ts';
import { type PoolEntry, PoolTable } from './pool-table.ts';

/** What a client is doing now. */
export interface ClientStats {
	/** Origins and proxies with a connection or a request. */
	readonly pools: number;
	/** Open connections, idle ones included. */
	readonly connections: number;
	/** Requests that wait for a connection. */
	readonly pending: number;
	/** Requests that are written and not answered in full. */
	readonly running: number;
}

/** Sends requests over undici's pools and keeps account of them. */
export class Transport implements ExchangeHost {
	readonly #pools: PoolTable;
	readonly #inFlight = new Map<Exchange, PoolEntry>();
	#closed = false;
	#drained: PromiseWithResolvers<void> | undefined;

	constructor(settings: ClientSettings) {
		this.#pools = new PoolTable(new DispatcherFactory(settings));
	}

	get stats(): ClientStats {
		let running = 0;
		for (const exchange of this.#inFlight.keys()) if (exchange.sent) running += 1;
		return {
			pools: this.#pools.size,
			connections: this.#pools.connections,
			pending: this.#inFlight.size - running,
			running,
		};
	}

	/** One request, one response; redirects are not followed. */
	send(request: OutgoingRequest): Promise<ExchangeResult> {
		return new Promise((resolve, reject) => {
			if (this.#closed) {
				throw new InvalidRequestError('was asked of a client that is closed: make a new HttpClient.', request);
			}
			const { signal } = request.settings;
			if (signal?.aborted) throw new AbortedError(request, 'its signal had fired before.', signal.reason);
			this.#dispatch(new Exchange(request, this, resolve, reject));
		});
	}

	/** Waits for what is in flight, then closes all connections. */
	async close(): Promise<void> {
		this.#closed = true;
		if (this.#inFlight.size > 0) {
			this.#drained ??= Promise.withResolvers();
			await this.#drained.promise;
		}
		await this.#pools.endAll((dispatcher) => dispatcher.close());
	}

	/** Fails what is in flight and closes all connections. */
	async destroy(): Promise<void> {
		this.#closed = true;
		for (const exchange of this.#inFlight.keys()) {
			exchange.fail(new AbortedError(exchange.request, 'the client was destroyed.'));
		}
		await this.#pools.endAll((dispatcher) => dispatcher.destroy());
	}

	finished(exchange: Exchange): void {
		const entry = this.#inFlight.get(exchange);
		if (entry === undefined) return;
		this.#inFlight.delete(exchange);
		this.#pools.release(entry);
		if (this.#inFlight.size === 0) this.#drained?.resolve();
	}

	resend(exchange: Exchange): void {
		const stale = this.#inFlight.get(exchange);
		if (stale !== undefined) {
			this.#pools.retire(stale);
			this.#pools.release(stale);
		}
		this.#dispatch(exchange);
	}

	#dispatch(exchange: Exchange): void {
		const { origin, path, method, headers, body, settings } = exchange.request;
		const entry = this.#pools.acquire(origin, settings.proxyUrl);
		this.#inFlight.set(exchange, entry);
		entry.connectMs = settings.timeouts.connectMs;
		exchange.watch = entry;
		entry.dispatcher.dispatch(
			{
				origin,
				path,
				method,
				headers: settings.proxyUrl === undefined ? headers : headerRecord(headers),
				body: body ?? null,
			},
			exchange,
		);
	}
}

/** undici's proxy agent keeps only the last of the values in a list, but all those in a record. */
function headerRecord(headers: HeaderList): Record<string, string[]> {
	const record = new Map<string, string[]>();
	for (let i = 0; i < headers.length; i += 2) {
		const name = headers[i] ?? '';
		const value = headers[i + 1] ?? '';
		const values = record.get(name);
		if (values === undefined) record.set(name, [value]);
		else values.push(value);
	}
	return Object.fromEntries(record);
}
