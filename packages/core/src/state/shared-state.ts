import type { PageWrites } from '../storage/page-writes.ts';
import type { StorageHandle } from '../storage/storage-handle.ts';
import type { RecordChange } from '../store/record-store.ts';
import { StateJournal } from './state-journal.ts';

type State = Record<string, unknown>;

/** Where Crawlee keeps it, so that `KeyValueStore.getValue('CRAWLEE_STATE')` reads it. */
const STORE = 'default';
const KEY = 'CRAWLEE_STATE';
const CONTENT_TYPE = 'application/json; charset=utf-8';

/**
 * The state that all handlers of a crawl share (`useState`). Each page sees what the others do; what is stored is what the
 * pages that are handled have done, each in the transaction of its page.
 */
export class SharedState {
	readonly #storage: StorageHandle;
	readonly #views = new WeakMap<PageWrites, State>();
	/** What everybody sees, with the changes of pages that are under way. */
	#live: Promise<State> | undefined;
	/** What the pages that are handled have made of it. */
	#stored: State = {};
	/** Changes that no page stands for: those of a script before and after its run. */
	#outside: StateJournal | undefined;

	constructor(storage: StorageHandle) {
		this.#storage = storage;
	}

	/** The state, as the page may change it; without a page, as anybody may between pages. */
	async use(defaultValue: State, page: PageWrites | undefined): Promise<State> {
		this.#live ??= this.#load(defaultValue);
		const live = await this.#live;
		if (page === undefined) {
			this.#outside ??= new StateJournal(live, () => {});
			return this.#outside.view;
		}
		const known = this.#views.get(page);
		if (known !== undefined) return known;
		const journal = new StateJournal(live, () => page.check('a change of useState'));
		page.attach({ commit: () => this.#commit(journal), rollBack: () => journal.undo() });
		const { view } = journal;
		this.#views.set(page, view);
		return view;
	}

	/** Stores what was changed outside of pages. */
	async save(): Promise<void> {
		const [change] = this.#outside === undefined ? [] : this.#commit(undefined);
		if (change?.value === undefined) return;
		const { value } = change;
		await this.#storage.use((store) => store.setRecord(STORE, { key: KEY, contentType: CONTENT_TYPE, value }));
	}

	/** Forgets all, after the storage was emptied. */
	forget(): void {
		this.#live = undefined;
		this.#outside = undefined;
	}

	async #load(defaultValue: State): Promise<State> {
		const record = await this.#storage.use((store) => store.getRecord(STORE, KEY));
		const json = record === undefined ? JSON.stringify(defaultValue) : Buffer.from(record.value).toString();
		this.#stored = JSON.parse(json) as State;
		return JSON.parse(json) as State;
	}

	#commit(journal: StateJournal | undefined): readonly RecordChange[] {
		const journals = [this.#outside, journal].filter((one) => one !== undefined && !one.isEmpty);
		if (journals.length === 0) return [];
		for (const one of journals) one?.replay(this.#stored);
		this.#outside?.clear();
		const value = Buffer.from(JSON.stringify(this.#stored, null, 2));
		return [{ store: STORE, key: KEY, contentType: CONTENT_TYPE, value }];
	}
}
