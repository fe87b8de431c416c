import type { Heap, Ranked } from './heap.ts';
import { type Rate, SlidingWindow } from './sliding-window.ts';
import type { Slot } from './slot.ts';
import { type InLine, WaitingLine } from './waiting-line.ts';

/** One host with requests under way, waiting, or still counted by its rate. */
export class HostSlots implements Ranked {
	readonly host: string;
	readonly window: SlidingWindow | undefined;
	readonly line: WaitingLine<Waiter> = new WaitingLine();
	/** Slots given out. */
	active = 0;
	/** The heap it is in, if any. */
	heap: Heap<HostSlots> | undefined;
	rank = 0;
	heapIndex = -1;

	constructor(host: string, rate: Rate | undefined) {
		this.host = host;
		this.window = rate === undefined ? undefined : new SlidingWindow(rate);
	}

	/** When its next request may go, were there a free slot in all: `Infinity` while that hangs on another request. */
	readyAt(perHost: number, now: number): number {
		if (this.active >= perHost) return Number.POSITIVE_INFINITY;
		return this.window === undefined ? now : this.window.readyAt(now);
	}
}

/** Somebody who waits for a slot. Its rank is the time when it gives up. */
export interface Waiter extends InLine, Ranked {
	readonly host: HostSlots;
	/** Counts up: the lower came first. */
	readonly arrival: number;
	readonly signal: AbortSignal | undefined;
	readonly timeoutMs: number;
	readonly grant: (slot: Slot) => void;
	readonly reject: (error: unknown) => void;
}
