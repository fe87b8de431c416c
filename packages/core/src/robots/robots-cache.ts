import { LruOrigins } from './lru-origins.ts';
import { OriginRobots } from './origin-robots.ts';
import { isFresh, nextRecord, type RobotsRecord, type RobotsRecords } from './robots-record.ts';
import type { FetchRobots, RobotsOutcome } from './robots-verdict.ts';

export type { RobotsRecord, RobotsRecords };

export interface RobotsCacheOptions {
	readonly fetch: FetchRobots;
	/** Outlives the process, so that a restart does not ask every site again. */
	readonly records: RobotsRecords;
	/** The name that groups are matched with when a question names no other crawler, for example `OrbweaverBot`. */
	readonly userAgentToken: string;
	/** The clock, in milliseconds since 1970. Default: `Date.now`. */
	readonly now?: () => number;
	/** How many origins are held in memory; the others come back from the records. Default: 1000. */
	readonly maxOrigins?: number;
}

/**
 * The robots.txt of every origin a crawl meets: fetched once however many wait for it, kept in memory and in the
 * records, asked for again when it is stale.
 */
export class RobotsCache {
	readonly #fetch: FetchRobots;
	readonly #records: RobotsRecords;
	readonly #userAgentToken: string;
	readonly #now: () => number;
	readonly #known: LruOrigins;
	readonly #loading = new Map<string, Promise<OriginRobots>>();

	constructor({ fetch, records, userAgentToken, now = Date.now, maxOrigins = 1000 }: RobotsCacheOptions) {
		this.#fetch = fetch;
		this.#records = records;
		this.#userAgentToken = userAgentToken;
		this.#now = now;
		this.#known = new LruOrigins(maxOrigins);
	}

	/**
	 * What holds for an origin: at once when it is known, otherwise once it was read or fetched. It may be asked again
	 * for each page; what it returns holds until its `expiresAt`.
	 *
	 * Rejects when the records do. A site that does not answer is no error: it disallows everything for a while.
	 *
	 * @throws TypeError when `origin` is not what `URL.origin` gives for an `http:` or `https:` URL.
	 */
	get(origin: string): OriginRobots | Promise<OriginRobots> {
		const known = this.#known.get(origin);
		if (known && isFresh(known.record, this.#now())) return known;
		const loading = this.#loading.get(origin);
		if (loading) return loading;
		assertOrigin(origin);
		const loaded = this.#load(origin, known?.record).finally(() => this.#loading.delete(origin));
		this.#loading.set(origin, loaded);
		return loaded;
	}

	async #load(origin: string, known: RobotsRecord | undefined): Promise<OriginRobots> {
		const previous = known ?? (await this.#records.read(origin));
		let record = previous;
		if (!record || !isFresh(record, this.#now())) {
			const outcome = await this.#ask(origin);
			record = nextRecord(origin, outcome, previous, this.#now());
			await this.#records.write(record);
		}
		const robots = new OriginRobots(record, this.#userAgentToken);
		this.#known.set(robots);
		return robots;
	}

	async #ask(origin: string): Promise<RobotsOutcome> {
		try {
			return await this.#fetch(`${origin}/robots.txt`);
		} catch (error) {
			// A fetch that breaks its promise must not open the site.
			return { kind: 'unreachable', error };
		}
	}
}

function assertOrigin(origin: string): void {
	const url = URL.parse(origin);
	if (url?.origin !== origin || !/^https?:$/.test(url.protocol)) {
		throw new TypeError(
			`Expected \`origin\` to be like https://example.com, got ${JSON.stringify(origin)}: use \`new URL(url).origin\`.`,
		);
	}
}
