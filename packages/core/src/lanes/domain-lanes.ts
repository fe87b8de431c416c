import type { LeasedRequest } from '../store/crawl-store.ts';
import { DomainLane, type Ticket } from './domain-lane.ts';
import type { ResolvedLimits } from './domain-limits.ts';

export interface DomainLanesOptions {
	/** The limits of a domain. */
	limitsFor(domain: string): ResolvedLimits;
	/** Called when a lane could use more requests. */
	fill(lane: DomainLane): void;
	/** Called when there is something to take where there was nothing. */
	ready(): void;
	/** Called when a domain asked to be left alone until a time, milliseconds since the epoch. */
	blocked(domain: string, until: number): void;
	/** Called after idle lanes were forgotten, so that others may have their place. */
	vacant(): void;
	/** How many domains may have a lane at once. Default 2,000, at some 10 KB each. */
	maxActive?: number;
}

const IDLE_AFTER_MS = 30_000;
const FORGET_AFTER_MS = 600_000;

/** The lanes of the domains that are being crawled, and the one line of requests that may be taken now. */
export class DomainLanes {
	readonly #options: DomainLanesOptions;
	readonly #maxActive: number;
	readonly #lanes = new Map<string, DomainLane>();
	/** One entry for each request that a lane offers, first come, first served across domains. */
	readonly #ready: DomainLane[] = [];
	readonly #sweeper: NodeJS.Timeout;

	constructor(options: DomainLanesOptions) {
		this.#options = options;
		this.#maxActive = options.maxActive ?? 2_000;
		this.#sweeper = setInterval(() => this.#forgetIdle(this.isFull ? 0 : IDLE_AFTER_MS), 1_000).unref();
	}

	get isReady(): boolean {
		return this.#ready.length > 0;
	}

	get isFull(): boolean {
		return this.#lanes.size >= this.#maxActive;
	}

	find(domain: string): DomainLane | undefined {
		return this.#lanes.get(domain);
	}

	/** The lane of `domain`; a new one when there is a place for it. */
	open(domain: string, blockedUntil = 0): DomainLane | undefined {
		const known = this.#lanes.get(domain);
		if (known !== undefined) return known;
		if (this.isFull) this.#forgetIdle(0);
		if (this.isFull) return undefined;
		const lane = new DomainLane(domain, this.#options.limitsFor(domain), {
			blockedUntil,
			events: {
				offer: (offering) => {
					this.#ready.push(offering);
					if (this.#ready.length === 1) this.#options.ready();
				},
				hungry: (hungry) => this.#options.fill(hungry),
				blocked: (blocked, until) => this.#options.blocked(blocked.domain, until),
			},
		});
		this.#lanes.set(domain, lane);
		return lane;
	}

	/** The next request that may go out now. */
	take(): Ticket | undefined {
		return this.#ready.shift()?.take();
	}

	/** Ends all lanes; answers the requests that were still in them. */
	stop(): LeasedRequest[] {
		clearInterval(this.#sweeper);
		this.#ready.length = 0;
		const left = [...this.#lanes.values()].flatMap((lane) => {
			lane.stop();
			return lane.drain();
		});
		this.#lanes.clear();
		return left;
	}

	#forgetIdle(idleMs: number): void {
		const now = Date.now();
		let forgotten = 0;
		for (const [domain, lane] of this.#lanes) {
			const idleSince = now - lane.lastActiveAt;
			if (!lane.isEmptyAt(now) || idleSince < idleMs) continue;
			// A domain that we are slow with keeps its lane longer: a new lane would start at full speed.
			if (!lane.isAtFullPace && idleSince < FORGET_AFTER_MS) continue;
			lane.stop();
			this.#lanes.delete(domain);
			forgotten++;
		}
		if (forgotten > 0) this.#options.vacant();
	}
}
