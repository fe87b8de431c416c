import { randomBytes } from 'node:crypto';
import type { DigestAlgorithm } from './digest-response.ts';

/** A nonce that the server gave out, and what became of it. */
export class Nonce {
	readonly value: string = randomBytes(18).toString('base64url');
	/** Goes with the nonce, and has to come back with it. */
	readonly opaque: string = randomBytes(9).toString('base64url');
	readonly algorithm: DigestAlgorithm;
	readonly #uses: number;
	readonly #counts = new Set<number>();
	#highest = 0;
	#firstCnonce: string | undefined;

	constructor(algorithm: DigestAlgorithm, uses: number) {
		this.algorithm = algorithm;
		this.#uses = uses;
	}

	/** Whether it served as often as it may. */
	get isStale(): boolean {
		return this.#counts.size >= this.#uses;
	}

	/** The `cnonce` of the first request that was let in with it. */
	get firstCnonce(): string | undefined {
		return this.#firstCnonce;
	}

	/** Whether a request with this `nc` cannot be one that came before; in order means that `nc` grows. */
	isNew(count: number, inOrder: boolean): boolean {
		return inOrder ? count > this.#highest : count > 0 && !this.#counts.has(count);
	}

	/** Notes a request that was let in. */
	use(count: number, cnonce: string): void {
		this.#counts.add(count);
		this.#highest = Math.max(this.#highest, count);
		this.#firstCnonce ??= cnonce;
	}
}

/** All nonces of a server, for as long as it runs. */
export class Nonces {
	readonly #nonces = new Map<string, Nonce>();

	/** @param uses after how many requests the nonce is stale. */
	issue(algorithm: DigestAlgorithm, uses: number): Nonce {
		const nonce = new Nonce(algorithm, uses);
		this.#nonces.set(nonce.value, nonce);
		return nonce;
	}

	find(value: string): Nonce | undefined {
		return this.#nonces.get(value);
	}
}
