import type { DomainLane, Ticket } from '../lanes/domain-lane.ts';
import { DomainLanes } from '../lanes/domain-lanes.ts';
import type { ResolvedLimits } from '../lanes/domain-limits.ts';
import type { LaneLook } from '../lanes/lane-look.ts';
import type { CrawlStore, LeasedRequest, PageCommit } from '../store/crawl-store.ts';
import type { RobotsGate } from './robots-gate.ts';

export interface DispatcherOptions {
	readonly store: CrawlStore;
	readonly gate: RobotsGate;
	limitsFor(domain: string): ResolvedLimits;
	readonly maxActiveDomains?: number | undefined;
	/** Called for each request that robots.txt forbids, after that was stored. */
	skipped(request: LeasedRequest, reason: 'robotsTxt'): void;
	/** Called when there is something to take where there was nothing, and when the last work may be done. */
	changed(): void;
	/** Called once when the store fails: nothing more can be done. */
	failed(error: unknown): void;
}

/**
 * Moves requests from the store into the lanes of their domains, a few at a time, and what became of them back into the
 * store. It knows when to look for work: at the start, when links are stored, when a lane runs low, when a retry is due.
 */
export class Dispatcher {
	readonly #options: DispatcherOptions;
	readonly #store: CrawlStore;
	readonly #lanes: DomainLanes;
	/** Why a request in a lane must not be fetched although it was leased. */
	readonly #refusals = new WeakMap<LeasedRequest, Error>();
	/** Work under way that no count of the store shows. */
	#pending = 0;
	/** Leased and on their way into a lane: their robots.txt may have to be asked for. */
	readonly #entering = new Set<LeasedRequest>();
	#leases = 0;
	#allLeased: () => void = () => {};
	#alarm: NodeJS.Timeout | undefined;
	#alarmAt = Number.POSITIVE_INFINITY;
	#moreDomains = false;
	#isSearching = false;
	#searchAgain = false;
	#isStarted = false;
	#stopped = false;
	/** How often in a row it looked for work that has to be there and found none. */
	#fruitless = 0;

	constructor(options: DispatcherOptions) {
		this.#options = options;
		this.#store = options.store;
		this.#lanes = new DomainLanes({
			limitsFor: options.limitsFor,
			fill: (lane) => this.#fill(lane),
			ready: options.changed,
			blocked: (domain, until) => this.#guard(this.#store.block(domain, until)),
			vacant: () => {
				if (this.#moreDomains) this.#findWork();
			},
			...(options.maxActiveDomains !== undefined && { maxActive: options.maxActiveDomains }),
		});
	}

	/** Looks for what waits in the store. */
	start(): void {
		this.#isStarted = true;
		this.#findWork();
		this.#setAlarm();
	}

	get isReady(): boolean {
		return this.#lanes.isReady;
	}

	/** Nothing waits, nothing is out, nothing is on its way. */
	get isDone(): boolean {
		if (this.#pending > 0) return false;
		const { waiting, delayed, leased } = this.#store.counts();
		return waiting + delayed + leased === 0;
	}

	/** How the lanes look, for those who watch. */
	looks(): LaneLook[] {
		return this.#lanes.looks();
	}

	take(): Ticket | undefined {
		return this.#lanes.take();
	}

	/** Why the request must not be fetched, if so. */
	refusalOf(ticket: Ticket): Error | undefined {
		return this.#refusals.get(ticket.request);
	}

	/** Requests of these domains were stored. */
	wake(domains: Iterable<string>): void {
		if (this.#stopped) return;
		for (const domain of domains) {
			const lane = this.#lanes.find(domain);
			if (lane === undefined) {
				// With no place for it, the domain waits in the store until an idle lane is forgotten.
				if (this.#lanes.isFull) this.#moreDomains = true;
				else this.#findWork();
			} else {
				lane.mayHaveMore = true;
				this.#fill(lane);
			}
		}
	}

	/** Stores what became of a request. Resolves when it is stored. */
	async commit(ticket: Ticket, page: PageCommit): Promise<void> {
		ticket.lane.release(ticket);
		await this.#commit(page);
	}

	/** Gives a taken request back, as if it had not been taken. */
	async giveBack(ticket: Ticket): Promise<void> {
		ticket.lane.release(ticket);
		await this.#store.release([ticket.request.id]);
		this.wake([ticket.request.domain]);
	}

	/** Nothing is done before `work` is: it may bring more to do. */
	async during<T>(work: Promise<T>): Promise<T> {
		this.#pending++;
		try {
			return await work;
		} finally {
			this.#settled();
		}
	}

	/** Forgets all that waits in the lanes, after it was removed from the store. */
	forget(): void {
		this.#lanes.drain();
		this.#entering.clear();
	}

	/** Empties the lanes back into the store. */
	async stop(): Promise<void> {
		if (this.#stopped) return;
		this.#stopped = true;
		clearTimeout(this.#alarm);
		const left = this.#lanes.stop();
		// A lease that is under way is short; a robots.txt that somebody waits for may never come.
		if (this.#leases > 0) {
			await new Promise<void>((resolve) => {
				this.#allLeased = resolve;
			});
		}
		left.push(...this.#entering);
		this.#entering.clear();
		if (left.length > 0) await this.#store.release(left.map(({ id }) => id));
	}

	async #commit(page: PageCommit): Promise<void> {
		this.#pending++;
		try {
			const domains = await this.#store.commit(page);
			if (domains.size > 0) this.wake(domains);
			if (page.outcome.status === 'delayed') {
				// Due already: a lease in the same transaction may have made it wait, and then no alarm tells of it.
				if (page.outcome.notBefore <= Date.now()) this.#findWork();
				this.#setAlarm();
			}
		} catch (error) {
			this.#fail(error);
			throw error;
		} finally {
			this.#settled();
		}
	}

	/** Opens lanes for domains that have none, and wakes those whose retries came due. */
	#findWork(): void {
		this.#searchAgain = this.#isSearching;
		if (this.#isSearching || this.#stopped) return;
		this.#isSearching = true;
		this.#moreDomains = false;
		const isBusy = (domain: string): boolean => this.#lanes.find(domain)?.mayHaveMore ?? this.#lanes.isFull;
		this.#guard(
			this.#store.domains(1_000, isBusy).then((found) => {
				this.#isSearching = false;
				for (const { name, blockedUntil } of found) {
					const lane = this.#stopped ? undefined : this.#lanes.open(name, blockedUntil);
					if (lane === undefined) continue;
					lane.mayHaveMore = true;
					this.#fill(lane);
				}
				// Those that found no place are looked for when there is one; those that were told of meanwhile too.
				const isMissed = this.#moreDomains && !this.#lanes.isFull;
				this.#moreDomains = this.#lanes.isFull;
				if (found.length === 1_000 || this.#searchAgain || isMissed) this.#findWork();
				// When the clock was set back, what is due first is due earlier now.
				this.#setAlarm();
			}),
		);
	}

	#fill(lane: DomainLane): void {
		if (lane.isFilling || !lane.mayHaveMore || lane.room <= 0 || this.#stopped) return;
		lane.isFilling = true;
		this.#guard(this.#refill(lane));
	}

	async #refill(lane: DomainLane): Promise<void> {
		try {
			while (lane.mayHaveMore && lane.room * 2 >= lane.capacity && !this.#stopped) {
				const { room } = lane;
				// Before the lease and not after it: links that are stored meanwhile shall not be overlooked.
				lane.mayHaveMore = false;
				const leased = await this.#lease(lane.domain, room);
				if (leased.length === room) lane.mayHaveMore = true;
				const admitted = await this.#admit(lane, leased);
				// Those that are not entering any more were given back meanwhile, or removed.
				lane.push(admitted.filter((request) => this.#entering.delete(request)));
			}
		} finally {
			lane.isFilling = false;
		}
	}

	async #lease(domain: string, limit: number): Promise<LeasedRequest[]> {
		this.#leases++;
		try {
			const leased = await this.#store.lease(domain, limit);
			for (const request of leased) this.#entering.add(request);
			if (leased.length > 0) this.#fruitless = 0;
			return leased;
		} finally {
			this.#leases--;
			if (this.#leases === 0) this.#allLeased();
		}
	}

	/** Those of the leased requests that robots.txt lets through, and those that the crawler has to fail. */
	async #admit(lane: DomainLane, leased: readonly LeasedRequest[]): Promise<LeasedRequest[]> {
		const admitted: LeasedRequest[] = [];
		for (const request of leased) {
			const check = this.#options.gate.check(request.url);
			const verdict = check instanceof Promise ? await check : check;
			if (!this.#entering.has(request)) continue;
			// The file came from the same server, so the first page keeps its distance from it too.
			if (check instanceof Promise) lane.touch();
			if (verdict.kind === 'disallowed') {
				this.#skip(request);
				continue;
			}
			if (verdict.kind === 'unavailable') this.#refusals.set(request, verdict.error);
			else lane.setCrawlDelay(verdict.crawlDelayMs);
			admitted.push(request);
		}
		return admitted;
	}

	#skip(request: LeasedRequest): void {
		this.#entering.delete(request);
		const outcome = { status: 'skipped', reason: 'robotsTxt' } as const;
		const page = { id: request.id, retryCount: request.retryCount, outcome, requests: [], items: [] };
		// Not awaited, or each forbidden link would wait for a commit of its own.
		this.#guard(this.#commit(page).then(() => this.#options.skipped(request, 'robotsTxt')));
	}

	/** Wakes up when the next retry is due. */
	#setAlarm(): void {
		const due = this.#store.nextDelayed();
		// Never later than it is set already: a lease may have made what was due first wait, and nobody knows of it yet.
		if (due === undefined || this.#stopped || due >= this.#alarmAt) return;
		clearTimeout(this.#alarm);
		this.#alarmAt = due;
		const waitMs = Math.min(Math.max(0, due - Date.now()), 60_000);
		this.#alarm = setTimeout(() => {
			this.#alarmAt = Number.POSITIVE_INFINITY;
			this.#findWork();
			this.#setAlarm();
		}, waitMs + 1);
	}

	#guard(work: Promise<unknown>): void {
		this.#pending++;
		work.catch((error: unknown) => this.#fail(error)).finally(() => this.#settled());
	}

	#settled(): void {
		this.#pending--;
		if (this.isDone) this.#options.changed();
		else this.#lookAgain();
	}

	/**
	 * Looks for work when nothing is under way that would: what is counted has to be there. Where the storage is damaged
	 * it may not be, and nobody shall wait for it for ever; the store says so when it is asked.
	 */
	#lookAgain(): void {
		if (this.#pending > 0 || !this.#isStarted || this.#stopped || this.#lanes.isFull) return;
		const { waiting, leased } = this.#store.counts();
		if (leased > 0 || (waiting === 0 && this.#store.nextDelayed() !== undefined) || this.#fruitless >= 3) return;
		this.#fruitless++;
		this.#findWork();
	}

	#fail(error: unknown): void {
		if (this.#stopped) return;
		this.#stopped = true;
		clearTimeout(this.#alarm);
		this.#lanes.stop();
		this.#options.failed(error);
	}
}
