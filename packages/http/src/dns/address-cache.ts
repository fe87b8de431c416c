import type { LookupAddress } from 'node:dns';
import { asLookupError, LookupError } from './lookup-error.ts';
import type { Family, Resolve } from './resolve.ts';

/** That a name does not exist is believed for so long: a page full of links to it asks once (RFC 2308). */
const NEGATIVE_TTL_MS = 1_000;

export interface AddressCacheOptions {
	readonly ttlMs: number;
	readonly maxEntries: number;
	/** Milliseconds of a clock that never jumps; `performance.now` unless a test has its own. */
	readonly now?: () => number;
}

interface Answer {
	readonly addresses: readonly LookupAddress[];
	/** There is no such name. */
	readonly error?: Error;
	readonly expiresAt: number;
}

/** Remembers the addresses of names for a short time, and asks once for all who want the same name at the same time. */
export class AddressCache {
	readonly #resolve: Resolve;
	readonly #options: AddressCacheOptions;
	readonly #now: () => number;
	/** The longest unused first. */
	readonly #answers = new Map<string, Answer>();
	readonly #asked = new Map<string, Promise<readonly LookupAddress[]>>();

	constructor(resolve: Resolve, options: AddressCacheOptions) {
		this.#resolve = resolve;
		this.#options = options;
		this.#now = options.now ?? (() => performance.now());
	}

	get size(): number {
		return this.#answers.size;
	}

	/** Rejects with an error that has the code of `getaddrinfo`. */
	async addresses(hostname: string, family: Family): Promise<readonly LookupAddress[]> {
		const key = `${family} ${hostname}`;
		const answer = this.#known(key);
		if (answer?.error !== undefined) throw answer.error;
		if (answer !== undefined) return answer.addresses;
		const asked = this.#asked.get(key) ?? this.#ask(key, hostname, family);
		return await asked;
	}

	#known(key: string): Answer | undefined {
		const answer = this.#answers.get(key);
		if (answer === undefined) return undefined;
		this.#answers.delete(key);
		if (answer.expiresAt <= this.#now()) return undefined;
		this.#answers.set(key, answer);
		return answer;
	}

	async #ask(key: string, hostname: string, family: Family): Promise<readonly LookupAddress[]> {
		const asking = this.#found(hostname, family);
		this.#asked.set(key, asking);
		try {
			const addresses = await asking;
			this.#keep(key, { addresses, expiresAt: this.#now() + this.#options.ttlMs });
			return addresses;
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'ENOTFOUND') {
				const ttlMs = Math.min(NEGATIVE_TTL_MS, this.#options.ttlMs);
				this.#keep(key, { addresses: [], error, expiresAt: this.#now() + ttlMs });
			}
			throw error;
		} finally {
			this.#asked.delete(key);
		}
	}

	async #found(hostname: string, family: Family): Promise<readonly LookupAddress[]> {
		let addresses: readonly LookupAddress[];
		try {
			addresses = await this.#resolve(hostname, family);
		} catch (error) {
			throw asLookupError(hostname, error);
		}
		if (addresses.length === 0) throw new LookupError(hostname, 'ENOTFOUND');
		return addresses;
	}

	#keep(key: string, answer: Answer): void {
		if (answer.expiresAt <= this.#now()) return;
		this.#answers.set(key, answer);
		if (this.#answers.size <= this.#options.maxEntries) return;
		const [longestUnused] = this.#answers.keys();
		if (longestUnused !== undefined) this.#answers.delete(longestUnused);
	}
}
