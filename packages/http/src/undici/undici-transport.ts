import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { AbortedError, InvalidRequestError } from '../errors.ts';
import type { HeaderList } from '../request-headers.ts';
import type { Transport, TransportRequest, TransportResponse, TransportStats } from '../transport/transport.ts';
import type { Connecting } from './connecting.ts';
import type { Connectors } from './connectors.ts';
import { type ConnectionSettings, DispatcherFactory } from './dispatcher-factory.ts';
import { Exchange, type ExchangeHost } from './exchange.ts';
import { type PoolEntry, PoolTable } from './pool-table.ts';

/** Sends requests over undici's pools and keeps account of them. */
export class UndiciTransport implements Transport, ExchangeHost {
	readonly #pools: PoolTable;
	readonly #inFlight = new Map<Exchange, PoolEntry>();
	#closed = false;
	#drained: PromiseWithResolvers<void> | undefined;

	constructor(settings: ConnectionSettings, connectors: Connectors) {
		this.#pools = new PoolTable(new DispatcherFactory(settings, connectors));
	}

	get stats(): TransportStats {
		return { pools: this.#pools.size, connections: this.#pools.connections };
	}

	send(request: TransportRequest): Promise<TransportResponse> {
		return new Promise((resolve, reject) => {
			const exchange = new Exchange(request, this, resolve, reject);
			const refusal = this.#refusal(request);
			if (refusal === undefined) this.#start(exchange);
			else exchange.abandon(refusal);
		});
	}

	async close(): Promise<void> {
		this.#closed = true;
		for (const exchange of this.#inFlight.keys()) exchange.hurry();
		if (this.#inFlight.size > 0) {
			this.#drained ??= Promise.withResolvers();
			await this.#drained.promise;
		}
		await this.#pools.endAll((dispatcher) => dispatcher.close());
	}

	async destroy(): Promise<void> {
		this.#closed = true;
		for (const exchange of this.#inFlight.keys()) {
			exchange.fail(new AbortedError(exchange.request, 'the client was destroyed.'));
		}
		await this.#pools.endAll((dispatcher) => dispatcher.destroy());
	}

	finished(exchange: Exchange): void {
		const entry = this.#inFlight.get(exchange);
		if (entry !== undefined) {
			this.#inFlight.delete(exchange);
			this.#pools.release(entry);
		}
		exchange.request.onFinished();
		if (this.#inFlight.size === 0) this.#drained?.resolve();
	}

	resend(exchange: Exchange): void {
		const stale = this.#inFlight.get(exchange);
		if (stale !== undefined) {
			this.#inFlight.delete(exchange);
			this.#pools.retire(stale);
			this.#pools.release(stale);
		}
		this.#start(exchange);
	}

	/** Dispatches it, or ends it where that cannot be done. */
	#start(exchange: Exchange): void {
		try {
			this.#dispatch(exchange);
		} catch (error) {
			exchange.abandon(error as Error);
		}
	}

	#refusal(request: TransportRequest): Error | undefined {
		if (this.#closed) {
			return new InvalidRequestError('was asked of a client that is closed: make a new HttpClient.', request);
		}
		if (!request.signal?.aborted) return undefined;
		return new AbortedError(request, 'its signal had fired before.', request.signal.reason);
	}

	#dispatch(exchange: Exchange): void {
		const { origin, path, method, headers, proxy } = exchange.request;
		// First, because it may throw: a stream is opened once, and a function may fail to make one.
		const body = exchange.openBody();
		const entry = this.#pools.acquire(origin, proxy);
		this.#inFlight.set(exchange, entry);
		const { connecting, dispatcher } = entry;
		exchange.connecting = connecting;
		const options = { origin, path, method, headers: proxy === undefined ? headers : headerRecord(headers), body };
		if (body instanceof Readable) dispatchStream(dispatcher, options, exchange, connecting);
		else {
			connecting.owner = exchange;
			dispatcher.dispatch(options, exchange);
			connecting.owner = undefined;
		}
	}
}

/** undici waits for a moment before it opens a connection for a stream. */
function dispatchStream(
	dispatcher: Dispatcher,
	options: Dispatcher.DispatchOptions,
	exchange: Exchange,
	connecting: Connecting,
): void {
	queueMicrotask(() => {
		connecting.owner = exchange;
	});
	dispatcher.dispatch(options, exchange);
	queueMicrotask(() => {
		connecting.owner = undefined;
	});
}

/**
 * undici's proxy agent keeps only the last of the values in a list, but all those in a record. Some headers, such as
 * Content-Length, must be texts there.
 */
function headerRecord(headers: HeaderList): Record<string, string | string[]> {
	const record = new Map<string, string | string[]>();
	for (let i = 0; i < headers.length; i += 2) {
		const name = headers[i] ?? '';
		const value = headers[i + 1] ?? '';
		const values = record.get(name);
		if (values === undefined) record.set(name, value);
		else record.set(name, [values, value].flat());
	}
	return Object.fromEntries(record);
}
