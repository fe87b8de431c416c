import type { LaneLook } from '../lanes/lane-look.ts';
import { Buckets } from './buckets.ts';
import type { CountedBuckets, DomainNumbers, FailureNumbers } from './crawl-numbers.ts';
import { RecentRate } from './recent-rate.ts';
import { RecentValues } from './recent-values.ts';

const LATENCY_BOUNDS_MS = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000];
const SIZE_BOUNDS_BYTES = [1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];

const MOST_SHOWN = 100;
const MOST_FAILURES = 50;

/** Domains that are remembered, some 2 KB each; the one that was silent longest is forgotten first. */
const MOST_DOMAINS = 1_000;

/** An answer of a domain, well or not. */
export interface Answered {
	readonly domain: string;
	readonly url: string;
	readonly status: number;
	readonly headersMs: number;
	readonly bytes: number;
}

interface Domain {
	readonly rate: RecentRate;
	readonly latencies: RecentValues;
	readonly statuses: Record<string, number>;
}

/** What has happened to the pages of a run, counted in bounded memory. Made only when somebody watches. */
export class PageNumbers {
	readonly #now: () => number;
	readonly #domains = new Map<string, Domain>();
	readonly #pages: RecentRate;
	readonly #received: RecentRate;
	readonly #latency = new Buckets(LATENCY_BOUNDS_MS);
	readonly #size = new Buckets(SIZE_BOUNDS_BYTES);
	readonly #failures: FailureNumbers[] = [];
	readonly #statuses: Record<string, number> = {};
	#finished = 0;
	#failed = 0;
	#retried = 0;
	#bytes = 0;

	/** @param now milliseconds since the epoch. */
	constructor(now: () => number = Date.now) {
		this.#now = now;
		this.#pages = new RecentRate(now());
		this.#received = new RecentRate(now());
	}

	answered({ domain, status, headersMs, bytes }: Answered): void {
		const now = this.#now();
		const known = this.#domainOf(domain, now);
		known.rate.add(1, now);
		known.latencies.add(headersMs);
		known.statuses[status] = (known.statuses[status] ?? 0) + 1;
		this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
		this.#latency.add(headersMs);
		this.#size.add(bytes);
		this.#received.add(bytes, now);
		this.#bytes += bytes;
	}

	finished(): void {
		this.#finished += 1;
		this.#pages.add(1, this.#now());
	}

	retried(): void {
		this.#retried += 1;
	}

	failed(url: string, reason: string, httpStatus: number | undefined, foundOn: string | null = null): void {
		this.#failed += 1;
		this.#failures.unshift({ url, reason, httpStatus: httpStatus ?? null, time: this.#now(), foundOn });
		this.#failures.length = Math.min(this.#failures.length, MOST_FAILURES);
	}

	/** @param lanes those of the domains that are being crawled. */
	look(lanes: Iterable<LaneLook>): {
		readonly pagesFinished: number;
		readonly pagesFailed: number;
		readonly pagesRetried: number;
		readonly bytes: number;
		readonly pagesPerSecond: number;
		readonly bytesPerSecond: number;
		readonly domains: readonly DomainNumbers[];
		readonly statuses: Readonly<Record<string, number>>;
		readonly failures: readonly FailureNumbers[];
		readonly latencyMs: CountedBuckets;
		readonly sizeBytes: CountedBuckets;
	} {
		const now = this.#now();
		return {
			pagesFinished: this.#finished,
			pagesFailed: this.#failed,
			pagesRetried: this.#retried,
			bytes: this.#bytes,
			pagesPerSecond: this.#pages.perSecond(now),
			bytesPerSecond: this.#received.perSecond(now),
			domains: this.#busiest(lanes, now),
			statuses: { ...this.#statuses },
			failures: [...this.#failures],
			latencyMs: this.#latency.counted,
			sizeBytes: this.#size.counted,
		};
	}

	#busiest(lanes: Iterable<LaneLook>, now: number): DomainNumbers[] {
		const byName = new Map([...lanes].map((lane) => [lane.domain, lane]));
		const names = new Set([...byName.keys(), ...this.#domains.keys()]);
		return [...names]
			.map((name) => {
				const { waiting = 0, inFlight = 0 } = byName.get(name) ?? {};
				const rate = this.#domains.get(name)?.rate.perSecond(now) ?? 0;
				return { name, rate, business: waiting + inFlight + rate };
			})
			.sort((a, b) => b.business - a.business)
			.slice(0, MOST_SHOWN)
			.map(({ name, rate }) => domainNumbers(name, rate, byName.get(name), this.#domains.get(name)));
	}

	#domainOf(name: string, now: number): Domain {
		const known = this.#domains.get(name);
		const domain = known ?? { rate: new RecentRate(now), latencies: new RecentValues(), statuses: {} };
		this.#domains.delete(name); // so that the order is that of the latest answers
		this.#domains.set(name, domain);
		const [oldest] = this.#domains.keys();
		if (this.#domains.size > MOST_DOMAINS && oldest !== undefined) this.#domains.delete(oldest);
		return domain;
	}
}

function domainNumbers(
	name: string,
	rate: number,
	lane: LaneLook | undefined,
	counted: Domain | undefined,
): DomainNumbers {
	const [p50Ms = null, p95Ms = null] = counted?.latencies.quantiles([0.5, 0.95]) ?? [];
	return {
		name,
		waiting: lane?.waiting ?? 0,
		inFlight: lane?.inFlight ?? 0,
		rate,
		limit: lane?.limit ?? null,
		p50Ms,
		p95Ms,
		statuses: { ...counted?.statuses },
		blockedUntil: lane?.blockedUntil ?? null,
	};
}
