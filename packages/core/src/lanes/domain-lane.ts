import type { LeasedRequest } from '../store/crawl-store.ts';
import type { ResolvedLimits } from './domain-limits.ts';
import { allowedPerSecond, type LaneLook } from './lane-look.ts';
import { afterAnswer, FULL_PACE, limitsAtPace, type Pace, type PaceSignal } from './slow-down.ts';
import { steadyNow, toSteadyTime, toWallTime } from './steady-clock.ts';
import { type Permit, TurnLimiter } from './turn-limiter.ts';

/** A request that was taken from its lane, with the leave to have it in flight. */
export interface Ticket {
	readonly request: LeasedRequest;
	readonly lane: DomainLane;
	readonly permit: Permit;
	/** Whether the request has gone out to the domain. */
	isSent: boolean;
	/** Whether the permit was given back. */
	isReleased: boolean;
}

/** What a lane tells its owner. */
export interface LaneEvents {
	/** The next request of the lane may be taken now. */
	offer(lane: DomainLane): void;
	/** The buffer runs low: fill it if there is more. */
	hungry(lane: DomainLane): void;
	/** The domain asked to be left alone until `until` (milliseconds since the epoch). */
	blocked(lane: DomainLane, until: number): void;
}

/**
 * The requests of one domain on their way to a crawl slot, and all that makes us polite to it.
 *
 * A request is offered when three things hold: Bottleneck has granted a turn, `minTime` has passed since the last
 * request was really sent, and the domain is not blocked. Only then can a slot take it, so a slot never waits.
 */
export class DomainLane {
	readonly domain: string;
	readonly #limits: ResolvedLimits;
	readonly #limiter: TurnLimiter;
	readonly #events: LaneEvents;
	#pace: Pace;
	#crawlDelayMs = 0;
	#effective: ResolvedLimits;
	#buffer: LeasedRequest[] = [];
	#free: Permit[] = [];
	#asked = 0;
	#offered = 0;
	#inFlight = 0;
	/** Taken, but not yet gone out. */
	#unsent = 0;
	/** When something last went out to the domain, by the steady clock. */
	#lastStartAt = Number.NEGATIVE_INFINITY;
	#timer: NodeJS.Timeout | undefined;
	#stopped = false;
	/** When the lane was last of use, by the steady clock. */
	lastActiveAt: number = steadyNow();
	/** False once the store said that it has no more for this domain. */
	mayHaveMore = true;
	/** True while somebody fills the buffer. */
	isFilling = false;

	constructor(domain: string, limits: ResolvedLimits, options: { blockedUntil: number; events: LaneEvents }) {
		this.domain = domain;
		this.#limits = limits;
		this.#effective = limits;
		this.#limiter = new TurnLimiter(limits);
		this.#events = options.events;
		const { blockedUntil } = options;
		this.#pace = { ...FULL_PACE, blockedUntil: blockedUntil === 0 ? 0 : toSteadyTime(blockedUntil) };
	}

	/** How many requests the buffer is good for: enough that filling it is rare, few enough to forget. */
	get capacity(): number {
		const { maxConcurrent, minTime } = this.#effective;
		return minTime > 0 ? 8 : Math.min(128, Math.max(8, maxConcurrent * 4));
	}

	get room(): number {
		return this.capacity - this.#buffer.length;
	}

	/**
	 * Nothing waits or is in flight, and the domain may be asked at once: forgetting the lane forgets no wait.
	 *
	 * @param now by the steady clock.
	 */
	isEmptyAt(now: number): boolean {
		// A new lane starts with a full reservoir: it may do so only when the old one would be full again too.
		const { minTime, reservoir } = this.#effective;
		const spacing = Math.max(minTime, reservoir?.refreshInterval ?? 0);
		return (
			this.#buffer.length === 0 &&
			this.#inFlight === 0 &&
			!this.isFilling &&
			now >= this.#pace.blockedUntil &&
			now >= this.#lastStartAt + spacing
		);
	}

	/** For those who watch. */
	get look(): LaneLook {
		const { blockedUntil } = this.#pace;
		return {
			domain: this.domain,
			waiting: this.#buffer.length,
			inFlight: this.#inFlight,
			limit: allowedPerSecond(this.#effective),
			blockedUntil: blockedUntil > steadyNow() ? Math.round(toWallTime(blockedUntil)) : null,
		};
	}

	/** False while the domain gets less than its limits, because it asked for it. */
	get isAtFullPace(): boolean {
		return this.#pace.share === 1;
	}

	/** Puts leased requests at the end of the lane. */
	push(requests: readonly LeasedRequest[]): void {
		this.#buffer.push(...requests);
		this.#advance();
	}

	/** Takes all that waits out of the lane. */
	drain(): LeasedRequest[] {
		return this.#buffer.splice(0);
	}

	/**
	 * Takes the request that was offered. The taker owes the lane `sent`, then `release`. Undefined when the domain asked
	 * to be left alone, or for more distance, after the offer was made; the lane offers again when it may.
	 */
	take(): Ticket | undefined {
		this.#offered--;
		const [permit] = this.#free;
		const [request] = this.#buffer;
		if (request === undefined || permit === undefined || this.#mustWait()) {
			this.#advance();
			return undefined;
		}
		this.#free.shift();
		this.#buffer.shift();
		this.#inFlight++;
		this.#unsent++;
		if (this.room * 2 >= this.capacity) this.#events.hungry(this);
		return { request, lane: this, permit, isSent: false, isReleased: false };
	}

	/** The request goes out at this moment: the next one starts no sooner than `minTime` from now. */
	sent(ticket: Ticket): void {
		if (ticket.isSent) return;
		ticket.isSent = true;
		// A ticket that was given back before it went out is not counted any more.
		if (!ticket.isReleased) this.#unsent--;
		this.touch();
		this.#advance();
	}

	/** Something went out to the domain at this moment, such as the fetch of its robots.txt. */
	touch(): void {
		this.lastActiveAt = steadyNow();
		this.#lastStartAt = this.lastActiveAt;
	}

	/** The request is no longer in flight; `signal` is what the domain answered, if it did. */
	release(ticket: Ticket, signal?: PaceSignal): void {
		if (ticket.isReleased) return;
		ticket.isReleased = true;
		if (!ticket.isSent) this.#unsent--;
		this.#inFlight--;
		this.lastActiveAt = steadyNow();
		if (signal !== undefined) this.#adjust(signal);
		const { permit } = ticket;
		permit.uses--;
		if (permit.uses > 0 && this.#free.length < this.#buffer.length && !this.#overLimit()) this.#free.push(permit);
		else permit.end();
		this.#advance();
	}

	/** Sets the crawl-delay of robots.txt, in milliseconds: one at a time, that far apart. */
	setCrawlDelay(delayMs: number): void {
		if (delayMs === this.#crawlDelayMs) return;
		this.#crawlDelayMs = delayMs;
		this.#update();
	}

	stop(): void {
		this.#stopped = true;
		clearTimeout(this.#timer);
		for (const permit of this.#free.splice(0)) permit.end();
		this.#limiter.stop();
	}

	#adjust(signal: PaceSignal): void {
		const before = this.#pace;
		this.#pace = afterAnswer(before, signal, steadyNow());
		const { blockedUntil } = this.#pace;
		if (blockedUntil > before.blockedUntil) this.#events.blocked(this, toWallTime(blockedUntil));
		if (this.#pace.share !== before.share) this.#update();
	}

	#update(): void {
		const limits =
			this.#crawlDelayMs > 0
				? { ...this.#limits, maxConcurrent: 1, minTime: Math.max(this.#limits.minTime, this.#crawlDelayMs) }
				: this.#limits;
		this.#effective = limitsAtPace(limits, this.#pace.share);
		this.#limiter.update(this.#effective);
		while (this.#free.length > 0 && this.#inFlight + this.#free.length > this.#effective.maxConcurrent) {
			this.#free.pop()?.end();
		}
	}

	#overLimit(): boolean {
		return this.#inFlight + this.#free.length >= this.#effective.maxConcurrent;
	}

	/** Asks for the turns that the buffer can use, and offers what may go. */
	#advance(): void {
		if (this.#stopped) return;
		this.#askForTurns();
		this.#offer();
	}

	#askForTurns(): void {
		for (;;) {
			const claimed = this.#free.length + this.#asked;
			const wanted = this.#buffer.length - claimed;
			const room = Math.min(this.#effective.maxConcurrent, this.capacity) - claimed - this.#inFlight;
			if (wanted <= 0 || room <= 0) return;
			this.#asked += this.#limiter.ask(Math.min(wanted, room), (permits) => this.#granted(permits));
		}
	}

	#granted(permits: Permit[]): void {
		this.#asked -= permits.length;
		if (this.#stopped) {
			for (const permit of permits) permit.end();
			return;
		}
		for (const permit of permits) {
			// What was asked for may have gone, or the domain gets less by now: nobody shall sit on a turn.
			if (this.#free.length < this.#buffer.length && !this.#overLimit()) this.#free.push(permit);
			else permit.end();
		}
		this.#offer();
	}

	#offer(): void {
		while (this.#offered < Math.min(this.#free.length, this.#buffer.length)) {
			if (this.#mustWait()) return;
			this.#offered++;
			this.#events.offer(this);
		}
	}

	/** Whether nothing may go out at this moment. Sees to it that the lane looks again when something may. */
	#mustWait(): boolean {
		const { minTime } = this.#effective;
		const { blockedUntil } = this.#pace;
		if (minTime === 0 && blockedUntil === 0) return false;
		// With a spacing to keep, the second is due only after the first was really sent.
		if (minTime > 0 && this.#offered + this.#unsent > 0) return true;
		const startAt = minTime > 0 ? Math.max(this.#lastStartAt + minTime, blockedUntil) : blockedUntil;
		const waitMs = startAt - steadyNow();
		if (waitMs > 0) this.#wakeIn(waitMs);
		return waitMs > 0;
	}

	#wakeIn(waitMs: number): void {
		clearTimeout(this.#timer);
		// A timer cannot be longer than 2^31 - 1 ms; the lane looks at the clock again whenever it fires.
		this.#timer = setTimeout(() => this.#offer(), Math.min(Math.ceil(waitMs), 2 ** 31 - 1));
	}
}
