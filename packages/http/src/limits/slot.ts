import type { HostSlots } from './host-slots.ts';

/** Who gave a slot out and wants to know what becomes of it. */
export interface SlotGiver {
	/** The request is being sent; `again` when it was before. */
	sent(host: HostSlots, now: number, again: boolean): void;
	/** The slot is free. `wasSent` tells whether its request ever went out. */
	released(host: HostSlots, wasSent: boolean): void;
}

/** The right to one request. Whoever holds it must `release()` it. */
export class Slot {
	readonly #giver: SlotGiver;
	readonly #host: HostSlots;
	#sent = false;
	#released = false;

	constructor(giver: SlotGiver, host: HostSlots) {
		this.#giver = giver;
		this.#host = host;
	}

	/** The request goes out at `now`: from this moment the rate counts. A request that is sent again counts again. */
	sent(now: number): void {
		if (this.#released) return;
		this.#giver.sent(this.#host, now, this.#sent);
		this.#sent = true;
	}

	/** Gives the slot back, once; the rate forgets a request that was never sent. */
	release(): void {
		if (this.#released) return;
		this.#released = true;
		this.#giver.released(this.#host, this.#sent);
	}
}
