/** How often to ask, and how long to wait for the answer, in milliseconds. */
export interface HeartbeatLimits {
	readonly heartbeatMs: number;
	readonly pongTimeoutMs: number;
}

/** The connection whose pulse is felt. */
export interface HeartbeatSubject {
	ping(): void;
	/** Called once, when the peer is dead. */
	dead(): void;
	/** Grows with every byte that arrives, those of an unfinished message too. */
	readonly bytesRead: number;
	/** What was to be sent and the kernel has not taken yet. */
	readonly unsentBytes: number;
	/** Grows with every message that the kernel took. */
	readonly messagesSent: number;
}

/**
 * Finds peers that are gone without a word. After `heartbeatMs` of silence it sends a ping (RFC 6455 §5.5.2); when
 * nothing at all comes within `pongTimeoutMs`, the peer is dead. Any byte that arrives is a sign of life.
 *
 * Three peers look dead and are not:
 * - While our own reader is slow, the socket is paused and no pong can be read: `suspend()` stops the judging. Pings go
 *   on, for the sake of routers in between that forget silent connections.
 * - After our own event loop stood still, its timers run before its sockets are read: so it reads once before judging.
 * - While a long queue is being sent, the ping waits behind it: as long as the kernel takes messages out of that queue,
 *   the peer acknowledges them.
 */
export class Heartbeat {
	readonly #limits: HeartbeatLimits;
	readonly #subject: HeartbeatSubject;
	#timer: NodeJS.Timeout | undefined;
	#lastLook: NodeJS.Immediate | undefined;
	#heardAt = 0;
	#bytesSeen = 0;
	#pinged: { readonly behindOthers: boolean; readonly messagesSent: number } | undefined;
	#suspended = false;
	#noted = false;

	constructor(limits: HeartbeatLimits, subject: HeartbeatSubject) {
		this.#limits = limits;
		this.#subject = subject;
	}

	/** Begins, or begins anew, with a whole `heartbeatMs` of patience. */
	start(): void {
		this.#suspended = false;
		this.#pinged = undefined;
		this.#heardAt = performance.now();
		this.#sleep(this.#limits.heartbeatMs);
	}

	/** From now on the peer cannot be heard, through no fault of its own. `start()` ends this. */
	suspend(): void {
		this.#suspended = true;
		this.#pinged = undefined;
		this.#sleep(this.#limits.heartbeatMs);
	}

	stop(): void {
		clearTimeout(this.#timer);
		clearImmediate(this.#lastLook);
	}

	/** Something arrived. Called for each message: a clock looked at once serves all that arrived together. */
	heard(): void {
		if (this.#noted) return;
		this.#noted = true;
		queueMicrotask(this.#forgetNote);
		this.#heardAt = performance.now();
		if (this.#pinged === undefined) return;
		this.#pinged = undefined;
		this.#sleep(this.#limits.heartbeatMs);
	}

	readonly #forgetNote = (): void => {
		this.#noted = false;
	};

	#sleep(ms: number): void {
		this.stop();
		this.#bytesSeen = this.#subject.bytesRead;
		this.#timer = setTimeout(this.#wake, ms);
	}

	readonly #wake = (): void => {
		if (this.#suspended) {
			// Nothing may pile up behind a peer that does not read.
			if (this.#subject.unsentBytes === 0) this.#subject.ping();
			this.#sleep(this.#limits.heartbeatMs);
			return;
		}
		if (this.#pinged !== undefined) {
			this.#lastLook = setImmediate(this.#judge);
			return;
		}
		const quietMs = performance.now() - this.#heardAt;
		const leftMs = this.#limits.heartbeatMs - quietMs;
		if (leftMs >= 1) this.#sleep(leftMs);
		else if (this.#subject.bytesRead !== this.#bytesSeen) this.#sleep(this.#limits.heartbeatMs);
		else this.#ask();
	};

	#ask(): void {
		const { unsentBytes, messagesSent } = this.#subject;
		this.#pinged = { behindOthers: unsentBytes > 0, messagesSent };
		this.#subject.ping();
		this.#sleep(this.#limits.pongTimeoutMs);
	}

	readonly #judge = (): void => {
		if (this.#pinged === undefined) return;
		if (this.#subject.bytesRead !== this.#bytesSeen) {
			this.#sleep(this.#limits.pongTimeoutMs);
			return;
		}
		const { messagesSent } = this.#subject;
		if (this.#pinged.behindOthers && messagesSent !== this.#pinged.messagesSent) {
			this.#pinged = { behindOthers: this.#subject.unsentBytes > 0, messagesSent };
			this.#sleep(this.#limits.pongTimeoutMs);
			return;
		}
		this.stop();
		this.#subject.dead();
	};
}
