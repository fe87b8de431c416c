import { Deadline } from '../deadline.ts';
import { AbortWatch } from './abort-watch.ts';
import { Heap } from './heap.ts';
import { HostSlots, type Waiter } from './host-slots.ts';
import type { Rate } from './sliding-window.ts';
import { Slot, type SlotGiver } from './slot.ts';
import { SlotTimeout } from './slot-timeout.ts';

/** Whole numbers from 1, or `Infinity` for no limit. */
export interface SlotLimits {
	/** Slots in all. */
	readonly total: number;
	/** Slots of one host. */
	readonly perHost: number;
	/** How often requests of one host may go out. */
	readonly rate?: Rate | undefined;
}

export interface SlotWait {
	/** The wait rejects with its reason when it fires. */
	readonly signal?: AbortSignal | undefined;
	/** The wait rejects with a SlotTimeout after so long. Default `Infinity`. */
	readonly timeoutMs?: number;
}

/** How often hosts that are only known for their rate are looked through, at the least. */
const MAX_SWEEP_MS = 60_000;

/**
 * Gives out slots for requests. Of those who wait, the earliest whose host has room and whose host's rate allows it goes
 * first: a busy host holds up nobody but itself, and waiting for the rate takes no slot.
 *
 * Hosts are kept in heaps by what they wait for, so that each step costs the logarithm of their number at most. One
 * timer serves all that wait, and a host is known only while something of it is under way, waits or is counted.
 */
export class SlotQueue {
	readonly #limits: SlotLimits;
	/** Without limits of their own, all hosts are one. */
	readonly #tellsHostsApart: boolean;
	readonly #hosts = new Map<string, HostSlots>();
	/** Hosts that need nothing but a free slot, by the arrival of their first waiter. */
	readonly #ready = new Heap<HostSlots>();
	/** Hosts that wait for their rate, by the time it lets the next one go. */
	readonly #limited = new Heap<HostSlots>();
	/** Hosts without requests, by the time their rate has forgotten the last one. */
	readonly #idle = new Heap<HostSlots>();
	/** Who has not for ever, by the end of his patience. */
	readonly #impatient = new Heap<Waiter>();
	readonly #aborts = new AbortWatch<Waiter>((waiter, reason) => this.#giveUp(waiter, reason));
	readonly #alarm = new Deadline(() => this.#onAlarm());
	readonly #giver: SlotGiver = {
		sent: (host, now, again) => this.#onSent(host, now, again),
		released: (host, wasSent) => this.#onReleased(host, wasSent),
	};
	#sweep: NodeJS.Timeout | undefined;
	#active = 0;
	#waiting = 0;
	#arrivals = 0;
	#closed: { readonly error: unknown } | undefined;

	constructor(limits: SlotLimits) {
		this.#limits = limits;
		this.#tellsHostsApart = limits.perHost !== Number.POSITIVE_INFINITY || limits.rate !== undefined;
	}

	/** Slots given out. */
	get active(): number {
		return this.#active;
	}

	/** Who waits for a slot. */
	get waiting(): number {
		return this.#waiting;
	}

	/** Hosts that something is known of. */
	get hosts(): number {
		return this.#hosts.size;
	}

	/** A slot, if there is one for `host` right now and nobody of `host` came before. */
	tryAcquire(host: string): Slot | undefined {
		const { total, perHost, rate } = this.#limits;
		if (this.#active >= total || this.#closed !== undefined) return undefined;
		const now = rate === undefined ? 0 : performance.now();
		if (this.#limited.first !== undefined && this.#limited.first.rank <= now) {
			this.#grantAll(now); // Their time has come, though the timer has not rung yet.
			if (this.#active >= total) return undefined;
		}
		const key = this.#tellsHostsApart ? host : '';
		const known = this.#hosts.get(key);
		if (known === undefined) return this.#give(this.#open(key, now));
		if (known.readyAt(perHost, now) > now) return undefined; // So it is while anybody of it waits.
		return this.#give(known);
	}

	/**
	 * A slot, as soon as there is one. A signal that fires after the slot was given does not take it back: whoever gets
	 * it has to look, and to release it.
	 */
	acquire(host: string, { signal, timeoutMs = Number.POSITIVE_INFINITY }: SlotWait = {}): Promise<Slot> {
		if (signal?.aborted) return Promise.reject(signal.reason);
		if (this.#closed !== undefined) return Promise.reject(this.#closed.error);
		const slot = this.tryAcquire(host);
		if (slot !== undefined) return Promise.resolve(slot);
		return new Promise((grant, reject) => this.#join(host, { signal, timeoutMs, grant, reject }));
	}

	/** Rejects all that wait, and all that come later, with `error`. Slots given out are still to be released. */
	close(error: unknown): void {
		if (this.#closed !== undefined) return;
		this.#closed = { error };
		for (const host of [...this.#hosts.values()]) {
			for (let waiter = host.line.first; waiter !== undefined; waiter = host.line.first) {
				this.#giveUp(waiter, error);
			}
		}
	}

	#join(
		key: string,
		{ signal, timeoutMs, grant, reject }: Pick<Waiter, 'signal' | 'timeoutMs' | 'grant' | 'reject'>,
	): void {
		const now = performance.now();
		const name = this.#tellsHostsApart ? key : '';
		const host = this.#hosts.get(name) ?? this.#open(name, now);
		const waiter: Waiter = {
			host,
			arrival: this.#arrivals++,
			signal,
			timeoutMs,
			grant,
			reject,
			before: undefined,
			behind: undefined,
			rank: now + timeoutMs,
			heapIndex: -1,
		};
		this.#waiting += 1;
		host.line.join(waiter);
		if (signal !== undefined) this.#aborts.add(signal, waiter);
		if (timeoutMs !== Number.POSITIVE_INFINITY) this.#impatient.push(waiter);
		if (host.line.first === waiter) this.#file(host, now);
		this.#grantAll(now); // The rate may have allowed it since it was asked.
	}

	/** Takes `waiter` out of all that knows of it. */
	#leave(waiter: Waiter): void {
		this.#waiting -= 1;
		waiter.host.line.leave(waiter);
		if (waiter.signal !== undefined) this.#aborts.delete(waiter.signal, waiter);
		if (waiter.heapIndex !== -1) this.#impatient.remove(waiter);
	}

	#giveUp(waiter: Waiter, error: unknown): void {
		const { host } = waiter;
		const wasFirst = host.line.first === waiter;
		this.#leave(waiter);
		const now = performance.now();
		if (wasFirst) this.#file(host, now);
		this.#setAlarm(now);
		waiter.reject(error);
	}

	/** Gives slots to all that may go. */
	#grantAll(now: number): void {
		for (let host = this.#limited.first; host !== undefined && host.rank <= now; host = this.#limited.first) {
			this.#file(host, now);
		}
		while (this.#active < this.#limits.total) {
			const host = this.#ready.first;
			const waiter = host?.line.first;
			if (host === undefined || waiter === undefined) break;
			this.#leave(waiter);
			const slot = this.#give(host);
			this.#file(host, now);
			waiter.grant(slot);
		}
		this.#setAlarm(now);
	}

	#give(host: HostSlots): Slot {
		this.#unfile(host);
		this.#active += 1;
		host.active += 1;
		host.window?.take();
		return new Slot(this.#giver, host);
	}

	#onSent(host: HostSlots, now: number, again: boolean): void {
		if (host.window === undefined) return;
		if (again) host.window.add(now);
		else host.window.stamp(now);
		if (host.line.first === undefined) return;
		this.#file(host, now);
		this.#setAlarm(now);
	}

	#onReleased(host: HostSlots, wasSent: boolean): void {
		this.#active -= 1;
		host.active -= 1;
		if (!wasSent) host.window?.giveBack();
		const now = this.#waiting > 0 || host.window !== undefined ? performance.now() : 0;
		this.#file(host, now);
		if (this.#waiting > 0) this.#grantAll(now);
	}

	#open(key: string, now: number): HostSlots {
		this.#forgetIdle(now);
		const host = new HostSlots(key, this.#limits.rate);
		this.#hosts.set(key, host);
		return host;
	}

	/** Puts `host` where it belongs after something about it changed. */
	#file(host: HostSlots, now: number): void {
		this.#unfile(host);
		const first = host.line.first;
		if (first !== undefined) {
			const readyAt = host.readyAt(this.#limits.perHost, now);
			if (readyAt <= now) this.#put(host, this.#ready, first.arrival);
			else if (readyAt !== Number.POSITIVE_INFINITY) this.#put(host, this.#limited, readyAt);
		} else if (host.active === 0) {
			const emptyAt = host.window?.emptyAt() ?? now;
			if (emptyAt <= now) this.#hosts.delete(host.host);
			else {
				this.#put(host, this.#idle, emptyAt);
				this.#sweepLater();
			}
		}
	}

	#put(host: HostSlots, heap: Heap<HostSlots>, rank: number): void {
		host.rank = rank;
		host.heap = heap;
		heap.push(host);
	}

	#unfile(host: HostSlots): void {
		host.heap?.remove(host);
		host.heap = undefined;
	}

	#setAlarm(now: number): void {
		const never = Number.POSITIVE_INFINITY;
		const at = Math.min(this.#limited.first?.rank ?? never, this.#impatient.first?.rank ?? never);
		if (at === never) this.#alarm.clear();
		else this.#alarm.set(at, now);
	}

	#onAlarm(): void {
		const now = performance.now();
		this.#grantAll(now);
		for (let waiter = this.#impatient.first; waiter !== undefined && waiter.rank <= now; ) {
			this.#giveUp(waiter, new SlotTimeout(waiter.timeoutMs));
			waiter = this.#impatient.first;
		}
		this.#setAlarm(now);
	}

	#forgetIdle(now: number): void {
		for (let host = this.#idle.first; host !== undefined && host.rank <= now; host = this.#idle.first) {
			this.#unfile(host);
			this.#hosts.delete(host.host);
		}
	}

	/** Sees to it that idle hosts are forgotten even if nobody comes any more. No process is kept alive for that. */
	#sweepLater(): void {
		if (this.#sweep !== undefined) return;
		const periodMs = Math.min(this.#limits.rate?.periodMs ?? 0, MAX_SWEEP_MS);
		this.#sweep = setTimeout(() => {
			this.#sweep = undefined;
			this.#forgetIdle(performance.now());
			if (this.#idle.first !== undefined) this.#sweepLater();
		}, periodMs).unref();
	}
}
