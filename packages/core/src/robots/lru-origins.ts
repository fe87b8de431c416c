import type { OriginRobots } from './origin-robots.ts';

/** The origins asked about last. */
export class LruOrigins {
	readonly #maxOrigins: number;
	// A Map keeps the order of insertion, so the first key is the one that was not asked about for longest.
	readonly #origins = new Map<string, OriginRobots>();
	#bytes = 0;

	constructor(maxOrigins: number) {
		if (!Number.isInteger(maxOrigins) || maxOrigins < 1) {
			throw new RangeError(`Expected \`maxOrigins\` to be a whole number of at least 1, got ${maxOrigins}.`);
		}
		this.#maxOrigins = maxOrigins;
	}

	get(origin: string): OriginRobots | undefined {
		const robots = this.#origins.get(origin);
		if (robots) {
			this.#origins.delete(origin);
			this.#origins.set(origin, robots);
		}
		return robots;
	}

	set(robots: OriginRobots): void {
		this.#remove(robots.record.origin);
		this.#origins.set(robots.record.origin, robots);
		this.#bytes += robots.record.body.length;
		for (const origin of this.#origins.keys()) {
			const fits = this.#origins.size <= this.#maxOrigins && this.#bytes <= MAX_BYTES;
			if (fits || origin === robots.record.origin) return;
			this.#remove(origin);
		}
	}

	#remove(origin: string): void {
		this.#bytes -= this.#origins.get(origin)?.record.body.length ?? 0;
		this.#origins.delete(origin);
	}
}

/**
 * A thousand ordinary files are a few megabytes, but a thousand of the largest that are read would be 500 MiB, and
 * several times that once parsed.
 */
const MAX_BYTES = 32 * 1024 * 1024;
