/** @import { Entries, LogFilter, Subscribe, WatcherHello } from '../../src/protocol/watcher-messages.ts' */

/** What of the past is wanted: with a filter more is looked at, as less of it passes. */
const HISTORY = 2_000;
const FILTERED_HISTORY = 20_000;

/** Where a watcher is in the log of a hub, so that it comes back without a gap and sees nothing twice. */
export class PlaceInLog {
	/** @type {LogFilter} */
	#filter = {};
	/** @type {string | undefined} */
	#hub;
	#last = 0;
	#isFresh = true;

	/** True until the first lines arrive that the filter lets through: nothing was missed before them. */
	get isFresh() {
		return this.#isFresh;
	}

	/**
	 * Begins anew with another filter.
	 *
	 * @param {LogFilter} filter
	 */
	start(filter) {
		this.#filter = filter;
		this.#isFresh = true;
	}

	/**
	 * What to ask a hub for that says hello.
	 *
	 * @param {WatcherHello} hello
	 * @returns {{ subscribe: Subscribe, isOtherHub: boolean }}
	 */
	subscription({ hub, newest }) {
		const isOtherHub = this.#hub !== undefined && this.#hub !== hub;
		if (this.#hub !== hub) {
			this.#hub = hub;
			this.#last = 0;
		}
		if (this.#isFresh) this.#last = Math.max(0, newest - (isPlain(this.#filter) ? HISTORY : FILTERED_HISTORY));
		return { subscribe: { type: 'subscribe', after: this.#last, hub, ...this.#filter }, isOtherHub };
	}

	/**
	 * The lines of a message that are new.
	 *
	 * @param {Entries} message
	 * @returns {Entries['entries']}
	 */
	take({ entries, last }) {
		const before = this.#last;
		this.#last = Math.max(before, last);
		this.#isFresh = false;
		return entries.filter(({ id }) => id > before);
	}
}

/** @param {LogFilter} filter */
function isPlain(filter) {
	return Object.keys(filter).length === 0;
}
