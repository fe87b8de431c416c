import type { EntryRing } from '../history/entry-ring.ts';
import { SharedBatches } from './shared-batches.ts';
import type { Watcher } from './watcher.ts';

/** News of so long are sent together. */
const ROUND_EVERY_MS = 50;

/** A round ends after this time, so that at most about a fifth of the thread goes to watchers, however many there are. */
const ROUND_MS = 10;

/** All watchers, served in turns: each round goes on with the watcher after the last that was served. */
export class Watchers implements Disposable {
	readonly #batches: SharedBatches;
	readonly #heartbeat: NodeJS.Timeout;
	#watchers: Watcher[] = [];
	#timer: NodeJS.Timeout | undefined;
	#turn = 0;
	#hasBlocked = false;
	#missedBefore = 0;

	/** @param heartbeatMs a quiet watcher is sent something this often. */
	constructor(ring: EntryRing, heartbeatMs: number) {
		this.#batches = new SharedBatches(ring);
		this.#heartbeat = setInterval(() => {
			for (const watcher of this.#watchers) watcher.beat();
		}, heartbeatMs);
		this.#heartbeat.unref();
	}

	/** Lines that watchers have missed, those that have gone included. */
	get missed(): number {
		return this.#watchers.reduce((sum, { missed }) => sum + missed, this.#missedBefore);
	}

	add(watcher: Watcher): void {
		this.#watchers.push(watcher);
		this.wake();
	}

	remove(watcher: Watcher): void {
		this.#watchers = this.#watchers.filter((other) => other !== watcher);
		this.#missedBefore += watcher.missed;
	}

	/** Something is new. Cheap: whoever publishes never waits for a watcher. */
	wake(): void {
		if (this.#timer !== undefined || this.#watchers.length === 0) return;
		this.#timer = setTimeout(() => this.#round(), ROUND_EVERY_MS);
		this.#timer.unref();
	}

	#round(): void {
		this.#timer = undefined;
		const end = performance.now() + ROUND_MS;
		const isOver = (): boolean => performance.now() >= end;
		const onRoom = (): void => this.#wakeBlocked();
		const done = new Set<Watcher>();
		const blocked = new Set<Watcher>();
		const all = this.#watchers;
		while (done.size < all.length && !isOver()) {
			const watcher = all[this.#turn % all.length];
			this.#turn = (this.#turn + 1) % all.length;
			if (watcher === undefined || done.has(watcher)) continue;
			const pending = watcher.sendNext(this.#batches, isOver, onRoom);
			if (pending !== 'more') done.add(watcher);
			if (pending === 'blocked') blocked.add(watcher);
		}
		this.#hasBlocked = blocked.size > 0;
		if (done.size < all.length) this.wake();
	}

	#wakeBlocked(): void {
		if (this.#hasBlocked) this.wake();
	}

	[Symbol.dispose](): void {
		clearInterval(this.#heartbeat);
		clearTimeout(this.#timer);
		this.#watchers = [];
	}
}
