import type { CacheEntry, CacheStore } from './cache-store.ts';

/** What is stored for a key, changed; `undefined` leaves it as it is. */
export type EntriesChange = (entries: readonly CacheEntry[]) => readonly CacheEntry[] | undefined;

/** A store that does not answer must not hold up requests for longer. */
const STORE_MS = 2_000;

/**
 * A store whose failures are nobody's problem: it then has nothing and keeps nothing, and the process is warned once.
 * What is done to one key is done one after another, so that a change sees those before it.
 */
export class GuardedStore {
	readonly #store: CacheStore;
	readonly #changes = new Map<string, Promise<void>>();
	#warned = false;

	constructor(store: CacheStore) {
		this.#store = store;
	}

	/** What is stored for `key`, changes that were asked for before included. */
	async read(key: string): Promise<readonly CacheEntry[]> {
		await this.#changes.get(key);
		return (await this.#attempt(() => this.#get(key))) ?? [];
	}

	/** Resolves when it is done, or has failed. */
	change(key: string, change: EntriesChange): Promise<void> {
		return this.#inTurn(key, async () => {
			const entries = change(await this.#get(key));
			if (entries === undefined) return;
			await inTime(entries.length === 0 ? this.#store.delete(key) : this.#store.set(key, entries));
		});
	}

	/** Resolves when it is done, or has failed. */
	forget(key: string): Promise<void> {
		return this.#inTurn(key, async () => {
			await inTime(this.#store.delete(key));
		});
	}

	async #get(key: string): Promise<readonly CacheEntry[]> {
		return checked((await inTime(this.#store.get(key))) ?? []);
	}

	async #inTurn(key: string, task: () => Promise<void>): Promise<void> {
		const before = this.#changes.get(key);
		const attempt = () => this.#attempt(task);
		const done = before === undefined ? attempt() : before.then(attempt);
		this.#changes.set(key, done);
		await done;
		if (this.#changes.get(key) === done) this.#changes.delete(key);
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
	const timer = setTimeout(() => late.reject(new Error(`no answer within ${STORE_MS} ms.`)), STORE_MS);
	try {
		return await Promise.race([answer, late.promise]);
	} finally {
		clearTimeout(timer);
	}
}

/** @throws TypeError when a store hands out what it was not given, such as a body that went through JSON. */
function checked(entries: readonly CacheEntry[]): readonly CacheEntry[] {
	for (const { body, headers, selection, receivedAt, ageSecs, freshSecs, status } of entries) {
		const isSound =
			Buffer.isBuffer(body) &&
			[receivedAt, ageSecs, freshSecs, status].every(Number.isFinite) &&
			[headers, selection].every((part) => typeof part === 'object' && part !== null);
		if (!isSound) throw new TypeError('it returned an entry that is incomplete, or whose body is no Buffer.');
	}
	return entries;
}
