import { OpenSockets } from './open-sockets.ts';

/** A request that waits for a connection. */
export interface ConnectionOwner {
	/** How long it waits, in milliseconds. */
	readonly connectMs: number;
}

/** A connection that is being opened. */
export interface ConnectAttempt {
	/** The request that it is opened for, where it is known. */
	readonly owner: ConnectionOwner | undefined;
	/** Other requests may be waiting for it as well, to share it. */
	readonly shared: boolean;
	/** Closes it, and tells whoever waits for it that there will be none. */
	giveUp(): void;
}

/**
 * The connections that a pool is opening, and the requests they are for. undici does not take a request back that it holds
 * in a queue: so a request that is given up takes along the connection that was being opened for it, or it would hold its
 * slot for as long as that takes.
 */
export class Connecting {
	/** What came of them. */
	readonly sockets: OpenSockets = new OpenSockets();
	/** The request that is being dispatched: what is opened in that very moment is for it. */
	owner: ConnectionOwner | undefined;
	/**
	 * True only while a new connection is handed over. undici writes the waiting request in that very call, so a
	 * request that starts while this is false starts on a connection that was used before.
	 */
	handingOver = false;
	/** True only while a socket tells that it failed. */
	failing = false;
	/** Requests that are not over. undici may take one that was sent over HTTP/2 to another connection. */
	readonly #live = new Set<ConnectionOwner>();
	/** Those of them that were not sent. */
	readonly #unsent = new Set<ConnectionOwner>();
	readonly #attempts = new Set<ConnectAttempt>();

	/** Whether there is any use for a connection. */
	get isWanted(): boolean {
		return this.#live.size > 0;
	}

	/** The longest that anybody waits for one. */
	get longestMs(): number {
		return Math.max(0, ...[...this.#live].map(({ connectMs }) => connectMs));
	}

	/** A request is about to be dispatched. */
	join(owner: ConnectionOwner): void {
		this.#live.add(owner);
		this.#unsent.add(owner);
	}

	/** It has a connection. */
	sent(owner: ConnectionOwner): void {
		this.#unsent.delete(owner);
	}

	/** It is over, or given up. */
	leave(owner: ConnectionOwner): void {
		this.#live.delete(owner);
		this.#unsent.delete(owner);
		for (const attempt of this.#attempts) {
			const isItsOwn = attempt.owner === owner && (!attempt.shared || this.#attempts.size > this.#unsent.size);
			if (isItsOwn || !this.isWanted) attempt.giveUp();
		}
	}

	add(attempt: ConnectAttempt): void {
		this.#attempts.add(attempt);
	}

	delete(attempt: ConnectAttempt): void {
		this.#attempts.delete(attempt);
	}
}
