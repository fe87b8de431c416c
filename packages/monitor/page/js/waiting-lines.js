/** @import { LogEntry } from '../../src/protocol/log-entry.ts' */

/** @typedef {{ kind: 'entry', entry: LogEntry } | { kind: 'note', text: string }} Line */

/** Lines that wait to be shown: the newest so many. */
export class WaitingLines {
	/** @type {Line[]} */
	#lines = [];
	#dropped = 0;
	#most;

	/** @param {number} most */
	constructor(most) {
		this.#most = most;
	}

	/** How many came since they were taken, dropped ones included. */
	get size() {
		return this.#lines.length + this.#dropped;
	}

	/** @param {Line} line */
	push(line) {
		this.#lines.push(line);
		// Cut now and then, not for each line.
		if (this.#lines.length >= this.#most * 2) this.#cut();
	}

	/** Takes them all; `dropped` came before them and are no longer there. */
	take() {
		this.#cut();
		const taken = { lines: this.#lines, dropped: this.#dropped };
		this.clear();
		return taken;
	}

	clear() {
		this.#lines = [];
		this.#dropped = 0;
	}

	#cut() {
		const surplus = this.#lines.length - this.#most;
		if (surplus <= 0) return;
		this.#lines = this.#lines.slice(surplus);
		this.#dropped += surplus;
	}
}
