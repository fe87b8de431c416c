import type { CacheEntry, CacheStore } from './cache-store.ts';

/** What is stored for a key, changed; `undefined` leaves it as it is. */
export type EntriesChange = (entries: readonly CacheEntry[]) => readonly CacheEntry[] | undefined;

/** A store that does not answer must not hold up requests for longer. */
const STORE_MS = 2_000;

/** Nor may what waits for it pile up. */
const MAX_PENDING = 8;

/** What is being done to one key. */
interface Turn {
	readonly last: Promise<void>;
	readonly pending: number;
}

/**
 * A store whose failures are nobody's problem: it then has nothing and keeps nothing, and the process is warned once.
 * What is done to one key is done one after another, so that a change sees those before it.
 */
export class GuardedStore {
	readonly #store: CacheStore;
	readonly #turns = new Map<string, Turn>();
	#warned = false;

	constructor(store: CacheStore) {
		this.#store = store;
	}

	/** What is stored for `key`, changes that were asked for before included. */
	async read(key: string): Promise<readonly CacheEntry[]> {
		const turn = this.#turns.get(key);
		const read = turn === undefined ? () => this.#get(key) : () => inTime(turn.last.then(() => this.#get(key)));
		return (await this.#attempt(read)) ?? [];
	}

	/** Resolves when it is done, or has failed. */
	async change(key: string, change: EntriesChange): Promise<void> {
		if ((this.#turns.get(key)?.pending ?? 0) >= MAX_PENDING) return;
		await this.#inTurn(key, async () => {
			// What cannot be read, because it was spoilt, is written over.
			const entries = change((await this.#attempt(() => this.#get(key))) ?? []);
			if (entries === undefined) return;
			await inTime(entries.length === 0 ? this.#store.delete(key) : this.#store.set(key, entries));
		});
	}

	/** Resolves when it is done, or has failed. */
	async forget(key: string): Promise<void> {
		await this.#inTurn(key, async () => {
			await inTime(this.#store.delete(key));
		});
	}

	async #get(key: string): Promise<readonly CacheEntry[]> {
		return checked((await inTime(this.#store.get(key))) ?? []);
	}

	async #inTurn(key: string, task: () => Promise<void>): Promise<void> {
		const before = this.#turns.get(key);
		const attempt = () => this.#attempt(task);
		const last = before === undefined ? attempt() : before.last.then(attempt);
		this.#turns.set(key, { last, pending: (before?.pending ?? 0) + 1 });
		await last;
		const { last: newest, pending } = this.#turns.get(key) ?? { last, pending: 1 };
		if (newest === last) this.#turns.delete(key);
		else this.#turns.set(key, { last: newest, pending: pending - 1 });
	}

	async #attempt<T>(task: () => Promise<T>): Promise<T | undefined> {
		try {
			return await task();
		} catch (error) {
			this.#warn(error);
			return undefined;
		}
	}

	#warn(error: unknown): void {
		if (this.#warned) return;
		this.#warned = true;
		const reason = error instanceof Error ? error.message : String(error);
		process.emitWarning(`The store of the HTTP cache failed: ${reason}`, 'OrbweaverCacheWarning');
	}
}

async function inTime<T>(answer: T | PromiseLike<T>): Promise<T> {
	if (typeof answer !== 'object' || answer === null || !('then' in answer)) return answer;
	const late = Promise.withResolvers<never>();
	const giveUp = (): void => late.reject(new Error(`no answer within ${STORE_MS} ms.`));
	// If this process stood still, the answer may be waiting behind the timer.
	const timer = setTimeout(() => setImmediate(giveUp), STORE_MS);
	try {
		return await Promise.race([answer, late.promise]);
	} finally {
		clearTimeout(timer);
	}
}

/** @throws TypeError when a store hands out what it was not given, such as a body that went through JSON. */
function checked(entries: readonly CacheEntry[]): readonly CacheEntry[] {
	if (Array.isArray(entries) && entries.every(isSound)) return entries;
	throw new TypeError('it returned no list, or an entry that is incomplete or whose body is no Buffer.');
}

function isSound(entry: CacheEntry | null | undefined): boolean {
	if (!Buffer.isBuffer(entry?.body)) return false;
	const { headers, selection, receivedAt, ageSecs, freshSecs, status } = entry;
	return (
		[receivedAt, ageSecs, freshSecs, status].every(Number.isFinite) &&
		[headers, selection].every((part) => typeof part === 'object' && part !== null)
	);
}
