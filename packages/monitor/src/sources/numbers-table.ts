import type { CrawlNumbers } from '../protocol/numbers.ts';

/** The latest numbers of one source. */
export interface LatestNumbers {
	readonly source: string;
	readonly numbers: CrawlNumbers;
	/** The `numbers` message, written once for all watchers. */
	readonly json: string;
	/** Rises over all sources with every snapshot. */
	readonly version: number;
}

/** More are forgotten, the one that was silent longest first: this bounds the labels of /metrics too. */
const MOST_SOURCES = 100;

/** The latest numbers of all sources. */
export class NumbersTable {
	readonly #latest = new Map<string, LatestNumbers>();
	#version = 0;

	/** That of the newest snapshot; 0 before the first. */
	get version(): number {
		return this.#version;
	}

	set(source: string, numbers: CrawlNumbers): void {
		this.#version += 1;
		const json = JSON.stringify({ type: 'numbers', source, numbers });
		this.#latest.delete(source); // so that the order is that of the latest snapshots
		this.#latest.set(source, { source, numbers, json, version: this.#version });
		const [oldest] = this.#latest.keys();
		if (this.#latest.size > MOST_SOURCES && oldest !== undefined) this.#latest.delete(oldest);
	}

	/** What is newer than `version`, in the order in which it came. */
	since(version: number): LatestNumbers[] {
		return version === this.#version ? [] : this.all().filter((latest) => latest.version > version);
	}

	all(): LatestNumbers[] {
		return [...this.#latest.values()];
	}
}
