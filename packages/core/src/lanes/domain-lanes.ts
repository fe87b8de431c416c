import type { LeasedRequest } from '../store/crawl-store.ts';
import { DomainLane, type Ticket } from './domain-lane.ts';
import type { ResolvedLimits } from './domain-limits.ts';
import type { LaneLook } from './lane-look.ts';
import { steadyNow } from './steady-clock.ts';

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

/** A domain that waits for a place waits no longer than this after another one is done. */
const SWEEP_MS = 100;
const IDLE_AFTER_MS = 30_000;
/** A domain that we are slow with keeps its lane longer: a new lane would start at full speed. */
const IDLE_AFTER_WHEN_SLOW_MS = 600_000;

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
		this.#sweeper = setInterval(() => this.#forgetIdle(), SWEEP_MS).unref();
	}

	get isReady(): boolean {
		return this.#ready.length > 0;
	}

	get isFull(): boolean {
		return this.#lanes.size >= this.#maxActive;
	}

	/** How each lane looks, for those who watch. */
	looks(): LaneLook[] {
		return [...this.#lanes.values()].map(({ look }) => look);
	}

	find(domain: string): DomainLane | undefined {
		return this.#lanes.get(domain);
	}

	/** The lane of `domain`; a new one when there is a place for it. */
	open(domain: string, blockedUntil = 0): DomainLane | undefined {
		const known = this.#lanes.get(domain);
		if (known !== undefined) return known;
		if (this.isFull) this.#forgetIdle();
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
		for (;;) {
			const lane = this.#ready.shift();
			if (lane === undefined) return undefined;
			const ticket = lane.take();
			if (ticket !== undefined) return ticket;
		}
	}

	/** Ends all lanes; answers the requests that were still in them. */
	stop(): LeasedRequest[] {
		clearInterval(this.#sweeper);
		this.#ready.length = 0;
		for (const lane of this.#lanes.values()) lane.stop();
		const left = this.drain();
		this.#lanes.clear();
		return left;
	}

	/** Takes all that waits out of the lanes. */
	drain(): LeasedRequest[] {
		return [...this.#lanes.values()].flatMap((lane) => lane.drain());
	}

	#forgetIdle(): void {
		const before = this.#lanes.size;
		if (this.isFull) {
			this.#forget(0, IDLE_AFTER_WHEN_SLOW_MS);
			// Others wait for a place: nobody keeps one for nothing.
			if (this.isFull) this.#forget(0, 0);
		} else {
			this.#forget(IDLE_AFTER_MS, IDLE_AFTER_WHEN_SLOW_MS);
		}
		if (this.#lanes.size < before) this.#options.vacant();
	}

	#forget(idleMs: number, idleWhenSlowMs: number): void {
		const now = steadyNow();
		for (const [domain, lane] of this.#lanes) {
			const leastMs = lane.isAtFullPace ? idleMs : idleWhenSlowMs;
			if (now - lane.lastActiveAt < leastMs || !lane.isEmptyAt(now)) continue;
			lane.stop();
			this.#lanes.delete(domain);
		}
	}
}
