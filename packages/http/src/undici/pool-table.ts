import type { Dispatcher } from 'undici';
import { ENVIRONMENT } from '../proxy/check-proxy.ts';
import { proxyForUrl } from '../proxy/environment.ts';
import { Connecting } from './connecting.ts';
import type { ConnectionCounter, DispatcherFactory } from './dispatcher-factory.ts';

/**
 * Origins and proxies whose connections are kept while nobody uses them; beyond it the longest unused goes first. A crawl
 * goes round its domains: with fewer than those, each request would find its connection just closed.
 */
const MAX_IDLE_POOLS = 1_024;

/**
 * The pools of a client, one for each origin or proxy. A pool exists while it has work or an open connection, and only
 * a bounded number of idle ones exist at all: a crawl of a hundred thousand hosts holds those it is talking to.
 */
export class PoolTable {
	readonly #factory: DispatcherFactory;
	readonly #pools = new Map<string, PoolEntry>();
	/** In the order they fell idle. */
	readonly #idle = new Map<string, PoolEntry>();
	/** Sockets of pools that are no more. */
	readonly #closing = new Set<Promise<void>>();
	#connections = 0;

	constructor(factory: DispatcherFactory) {
		this.#factory = factory;
	}

	get size(): number {
		return this.#pools.size;
	}

	get connections(): number {
		return this.#connections;
	}

	/**
	 * The pool for a request; its proxy may be `'environment'`. Every `acquire` needs one `release`.
	 *
	 * @throws InvalidRequestError when the environment names something that is no proxy.
	 */
	acquire(origin: string, proxy: string | undefined): PoolEntry {
		const proxyUrl = proxy === ENVIRONMENT ? proxyForUrl(origin, process.env) : proxy;
		const key = proxyUrl === undefined ? origin : `via ${proxyUrl}`;
		const entry = this.#pools.get(key) ?? this.#open(key, origin, proxyUrl);
		if (entry.running++ === 0) this.#idle.delete(key);
		return entry;
	}

	release(entry: PoolEntry): void {
		entry.running -= 1;
		this.#settle(entry);
	}

	/** Requests that follow get a new pool, and so new connections; those that run finish on the old one. */
	retire(entry: PoolEntry): void {
		if (this.#pools.get(entry.key) !== entry) return;
		this.#pools.delete(entry.key);
		this.#idle.delete(entry.key);
		if (entry.running === 0) this.#drop(entry);
		else entry.dispatcher.close(() => undefined);
	}

	/** Calls `end` on all dispatchers and forgets them. */
	async endAll(end: (dispatcher: Dispatcher) => Promise<void>): Promise<void> {
		const entries = [...this.#pools.values()];
		this.#pools.clear();
		this.#idle.clear();
		await Promise.all(
			entries.map(async (entry) => {
				await end(entry.dispatcher);
				await entry.connecting.sockets.closeAll();
			}),
		);
		await Promise.all(this.#closing);
	}

	#open(key: string, origin: string, proxyUrl: string | undefined): PoolEntry {
		const entry = new PoolEntry(
			key,
			(counter) =>
				proxyUrl === undefined ? this.#factory.direct(origin, counter) : this.#factory.viaProxy(proxyUrl, counter),
			{
				onChange: (changed, difference) => {
					this.#connections += difference;
					this.#settle(changed);
				},
				onLeaving: (leaving) => this.retire(leaving),
			},
		);
		this.#pools.set(key, entry);
		return entry;
	}

	/** Drops an entry with nothing left in it, or files it under idle. */
	#settle(entry: PoolEntry): void {
		if (entry.running > 0) return;
		if (this.#pools.get(entry.key) !== entry) {
			this.#drop(entry);
			return;
		}
		if (entry.connections === 0) {
			this.retire(entry);
			return;
		}
		this.#idle.set(entry.key, entry);
		if (this.#idle.size <= MAX_IDLE_POOLS) return;
		const [longestIdle] = this.#idle.values();
		if (longestIdle !== undefined) this.retire(longestIdle);
	}

	/** Ends a pool that has no requests. There may still be a way through a proxy being opened, for one that was given up. */
	#drop(entry: PoolEntry): void {
		entry.dispatcher.destroy(() => undefined);
		const closing = entry.connecting.sockets.closeAll();
		this.#closing.add(closing);
		void closing.then(() => this.#closing.delete(closing));
	}
}

/** Told of the connections of an entry. */
interface PoolEvents {
	onChange(entry: PoolEntry, difference: 1 | -1): void;
	onLeaving(entry: PoolEntry): void;
}

/** The dispatcher of one origin or proxy, and what is going on in it. */
export class PoolEntry implements ConnectionCounter {
	readonly key: string;
	readonly dispatcher: Dispatcher;
	/** Exchanges dispatched and not finished. */
	running = 0;
	/** Open connections. */
	connections = 0;
	readonly connecting: Connecting = new Connecting();
	readonly #events: PoolEvents;

	constructor(key: string, open: (counter: ConnectionCounter) => Dispatcher, events: PoolEvents) {
		this.key = key;
		this.#events = events;
		this.dispatcher = open(this);
	}

	opened(): void {
		this.connections += 1;
		this.#events.onChange(this, 1);
	}

	closed(): void {
		this.connections -= 1;
		this.#events.onChange(this, -1);
	}
	leaving(): void {
		this.#events.onLeaving(this);
	}
}
