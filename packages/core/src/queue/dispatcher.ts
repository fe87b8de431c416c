import type { DomainLane, Ticket } from '../lanes/domain-lane.ts';
import { DomainLanes } from '../lanes/domain-lanes.ts';
import type { ResolvedLimits } from '../lanes/domain-limits.ts';
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
	#alarm: NodeJS.Timeout | undefined;
	#moreDomains = false;
	#isSearching = false;
	#searchAgain = false;
	#stopped = false;

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
	}

	/** Empties the lanes back into the store. */
	async stop(): Promise<void> {
		if (this.#stopped) return;
		this.#stopped = true;
		clearTimeout(this.#alarm);
		const left = this.#lanes.stop();
		if (left.length > 0) await this.#store.release(left.map(({ id }) => id));
	}

	async #commit(page: PageCommit): Promise<void> {
		this.#pending++;
		try {
			const domains = await this.#store.commit(page);
			if (domains.size > 0) this.wake(domains);
			if (page.outcome.status === 'delayed') this.#setAlarm();
		} catch (error) {
			this.#fail(error);
			throw error;
		} finally {
			this.#pending--;
			if (this.isDone) this.#options.changed();
		}
	}

	/** Opens lanes for domains that have none, and wakes those whose retries came due. */
	#findWork(): void {
		this.#searchAgain = this.#isSearching;
		if (this.#isSearching || this.#stopped) return;
		this.#isSearching = true;
		const isBusy = (domain: string): boolean => this.#lanes.find(domain)?.mayHaveMore ?? this.#lanes.isFull;
		this.#guard(
			this.#store.domains(1_000, isBusy).then((found) => {
				this.#isSearching = false;
				this.#moreDomains = this.#lanes.isFull;
				for (const { name, blockedUntil } of found) {
					const lane = this.#stopped ? undefined : this.#lanes.open(name, blockedUntil);
					if (lane === undefined) continue;
					lane.mayHaveMore = true;
					this.#fill(lane);
				}
				if (found.length === 1_000 || this.#searchAgain) this.#findWork();
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
				const leased = await this.#store.lease(lane.domain, room);
				if (leased.length === room) lane.mayHaveMore = true;
				const admitted = await this.#admit(lane, leased);
				if (this.#stopped) await this.#store.release(admitted.map(({ id }) => id));
				else lane.push(admitted);
			}
		} finally {
			lane.isFilling = false;
		}
	}

	/** Those of the leased requests that robots.txt lets through, and those that the crawler has to fail. */
	async #admit(lane: DomainLane, leased: readonly LeasedRequest[]): Promise<LeasedRequest[]> {
		const admitted: LeasedRequest[] = [];
		for (const request of leased) {
			const check = this.#options.gate.check(request.url);
			const verdict = check instanceof Promise ? await check : check;
			// The file came from the same server, so the first page keeps its distance from it too.
			if (check instanceof Promise) lane.touch();
			if (verdict.kind === 'disallowed') {
				await this.#skip(request);
				continue;
			}
			if (verdict.kind === 'unavailable') this.#refusals.set(request, verdict.error);
			else lane.setCrawlDelay(verdict.crawlDelayMs);
			admitted.push(request);
		}
		return admitted;
	}

	async #skip(request: LeasedRequest): Promise<void> {
		const outcome = { status: 'skipped', reason: 'robotsTxt' } as const;
		// Not awaited, or each forbidden link would wait for a commit of its own.
		this.#guard(this.#commit({ id: request.id, retryCount: request.retryCount, outcome, requests: [], items: [] }));
		this.#options.skipped(request, 'robotsTxt');
	}

	/** Wakes up when the next retry is due. */
	#setAlarm(): void {
		const due = this.#store.nextDelayed();
		clearTimeout(this.#alarm);
		if (due === undefined || this.#stopped) return;
		const waitMs = Math.min(Math.max(0, due - Date.now()), 60_000);
		this.#alarm = setTimeout(() => {
			this.#findWork();
			this.#setAlarm();
		}, waitMs + 1);
	}

	#guard(work: Promise<unknown>): void {
		this.#pending++;
		work
			.catch((error: unknown) => this.#fail(error))
			.finally(() => {
				this.#pending--;
				if (this.isDone) this.#options.changed();
			});
	}

	#fail(error: unknown): void {
		if (this.#stopped) return;
		this.#stopped = true;
		clearTimeout(this.#alarm);
		this.#lanes.stop();
		this.#options.failed(error);
	}
}
