import { type CompiledFilter, compileFilter } from '../filter/compile-filter.ts';
import { RegexError } from '../filter/line-regex.ts';
import type { EntryRing } from '../history/entry-ring.ts';
import type { CommandName, CommandOutcome } from '../protocol/command.ts';
import type { MessageToWatcher, Subscribe, WatcherCommand } from '../protocol/watcher-messages.ts';
import type { HubSocket } from '../sockets/server-socket.ts';
import type { NumbersTable } from '../sources/numbers-table.ts';
import type { SourceTable } from '../sources/source-table.ts';
import { missedAfter } from './missed-after.ts';
import type { SharedBatches } from './shared-batches.ts';

/** What all watchers look at. */
export interface HubState {
	readonly hubId: string;
	readonly ring: EntryRing;
	readonly sources: SourceTable;
	readonly numbers: NumbersTable;
}

/** What a watcher has to be sent still: nothing, something at once, or something once its connection has room. */
export type Pending = 'nothing' | 'more' | 'blocked';

/** A connection with so much unsent takes nothing more: this, and one message, is all that a watcher costs. */
const MOST_BUFFERED_BYTES = 256 * 1024;

/** What a watcher gets of the past when it does not say. */
const DEFAULT_HISTORY = 1_000;

/** Between two rounds. */
const MOST_SUBSCRIPTIONS = 10;

/** Commands whose results are not there yet. */
const MOST_COMMANDS = 32;

/**
 * One watcher: a place in the history, a filter and a connection. Nothing is queued for it. When there is something new
 * and its connection has room, it takes the next entries out of the history; when it comes too late, they are gone and it
 * is told how many. So a watcher cannot hold up the hub, nor make it remember more.
 */
export class Watcher {
	readonly #state: HubState;
	readonly #socket: HubSocket;
	#subscriptions = 0;
	#filter: CompiledFilter | undefined;
	#cursor = 0;
	#missed = 0;
	#sourcesVersion: number;
	#numbersVersion = 0;
	#toldLive = false;
	#commands = 0;

	constructor(state: HubState, socket: HubSocket) {
		this.#state = state;
		this.#socket = socket;
		this.#sourcesVersion = state.sources.version;
	}

	/** Lines that it has missed. */
	get missed(): number {
		return this.#missed;
	}

	/** More than a few of them between two rounds are refused: compiling takes milliseconds. */
	subscribe({ type: _, after, hub, ...filter }: Subscribe): void {
		this.#refuse(() => {
			this.#subscriptions += 1;
			if (this.#subscriptions > MOST_SUBSCRIPTIONS) throw new RegexError('Too many subscriptions at once.');
			this.#filter = compileFilter(filter);
			this.#cursor = startOf(this.#state, after, hub);
			this.#toldLive = false;
		});
	}

	async command(
		{ id, source, command, url }: WatcherCommand,
		run: (source: string, command: CommandName, url: string | undefined) => Promise<CommandOutcome>,
	): Promise<void> {
		if (this.#commands >= MOST_COMMANDS || this.#isBlocked()) {
			this.#send({ type: 'result', id, ok: false, error: 'Too much is under way: try again later.' });
			return;
		}
		this.#commands += 1;
		const outcome = await run(source, command, url);
		this.#commands -= 1;
		this.#send({ ...outcome, type: 'result', id });
	}

	/**
	 * Sends one round of what is new.
	 *
	 * @param batches what other watchers were sent, to be shared.
	 * @param isOver whether the round has taken long enough.
	 * @param onRoom called when a blocked connection has room again.
	 */
	sendNext(batches: SharedBatches, isOver: () => boolean, onRoom: () => void): Pending {
		if (this.#isBlocked()) return 'blocked';
		this.#subscriptions = 0;
		let pending: Pending = 'nothing';
		const isTooSlow = this.#refuse(() => {
			pending = this.#sendRound(batches, isOver, onRoom);
		});
		if (isTooSlow) this.#filter = undefined;
		return pending;
	}

	/** Tells the watcher when its regular expression cannot be used, and whether that is so. */
	#refuse(use: () => void): boolean {
		try {
			use();
			return false;
		} catch (error) {
			if (!(error instanceof RegexError)) throw error;
			this.#send({ type: 'result', id: null, ok: false, error: error.message });
			return true;
		}
	}

	#sendRound(batches: SharedBatches, isOver: () => boolean, onRoom: () => void): Pending {
		const { sources, numbers, ring } = this.#state;
		if (this.#sourcesVersion !== sources.version) {
			this.#sourcesVersion = sources.version;
			this.#send({ type: 'sources', sources: sources.list() }, onRoom);
		}
		for (const { json, version } of numbers.since(this.#numbersVersion)) {
			if (this.#isBlocked()) return 'blocked';
			this.#socket.send(json, onRoom);
			this.#numbersVersion = version;
		}
		if (this.#filter === undefined || (this.#toldLive && this.#cursor >= ring.newest)) return 'nothing';
		const missed = missedAfter(ring.oldest, this.#cursor);
		if (missed !== undefined) {
			this.#missed += missed.count;
			this.#send(missed, onRoom);
		}
		this.#cursor = missed?.to ?? this.#cursor;
		const { count, message, last, live } = batches.next(this.#filter, this.#cursor, isOver);
		this.#cursor = last;
		if (count > 0 || (live && !this.#toldLive)) {
			this.#socket.send(message, onRoom);
			this.#toldLive = live;
		}
		return live ? 'nothing' : this.#isBlocked() ? 'blocked' : 'more';
	}

	/** Lets a watcher that has everything know that its connection lives, and where it is in the history. */
	beat(): void {
		if (this.#filter === undefined || !this.#toldLive || this.#isBlocked()) return;
		this.#send({ type: 'entries', entries: [], last: this.#cursor, live: true });
	}

	#isBlocked(): boolean {
		return this.#socket.bufferedBytes >= MOST_BUFFERED_BYTES;
	}

	#send(message: MessageToWatcher, onTaken?: () => void): void {
		this.#socket.send(JSON.stringify(message), onTaken);
	}
}

/** Where a subscription begins: the id before its first entry. */
function startOf({ hubId, ring }: HubState, after: number | undefined, hub: string | undefined): number {
	if (after === undefined) return Math.max(ring.oldest - 1, ring.newest - DEFAULT_HISTORY);
	// Ids of another hub, or of none, mean nothing here: everything that is held is new to the watcher.
	if ((hub !== undefined && hub !== hubId) || after > ring.newest) return ring.oldest - 1;
	return after === 0 ? ring.oldest - 1 : after;
}
