import { InvalidOptionError } from '../errors.ts';
import type { PageWrites } from '../storage/page-writes.ts';
import type { StorageHandle } from '../storage/storage-handle.ts';
import type { RecordChange } from '../store/record-store.ts';
import { StateGraph } from './state-graph.ts';
import { StateJournal } from './state-journal.ts';
import { isContainer, type Container as State } from './state-value.ts';

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
	#graph: Promise<StateGraph> | undefined;
	/** Changes that no page stands for: those of a script before and after its run. */
	#outside: { readonly graph: StateGraph; readonly journal: StateJournal } | undefined;

	constructor(storage: StorageHandle) {
		this.#storage = storage;
	}

	/**
	 * The state, as the page may change it; without a page, as anybody may between pages.
	 *
	 * @throws InvalidOptionError for a default that is no object, or cannot be stored.
	 */
	async use(defaultValue: State, page: PageWrites | undefined): Promise<State> {
		this.#graph ??= this.#load(defaultValue);
		const loading = this.#graph;
		const graph = await loading.catch((error: unknown) => {
			if (this.#graph === loading) this.#graph = undefined;
			throw error;
		});
		if (page === undefined) return this.#outsideOf(graph).view;
		const known = this.#views.get(page);
		if (known !== undefined) return known;
		const journal = new StateJournal(graph, () => page.check('a change of useState'));
		page.attach({ commit: () => this.#commit(graph, journal), rollBack: () => journal.undo() });
		const { view } = journal;
		this.#views.set(page, view);
		return view;
	}

	/** Stores what was changed outside of pages. */
	async save(): Promise<void> {
		const graph = await this.#graph;
		const [change] = graph === undefined ? [] : this.#commit(graph, this.#outsideOf(graph));
		if (change?.value === undefined) return;
		const { value } = change;
		await this.#storage.use((store) => store.setRecord(STORE, { key: KEY, contentType: CONTENT_TYPE, value }));
	}

	/** Forgets all, to be read again: after the storage was emptied, and after a run that may have lost pages. */
	forget(): void {
		this.#graph = undefined;
		this.#outside = undefined;
	}

	#outsideOf(graph: StateGraph): StateJournal {
		if (this.#outside?.graph === graph) return this.#outside.journal;
		const journal = new StateJournal(graph, () => {
			if (this.#outside?.journal === journal) return;
			throw new InvalidOptionError(
				'useState: this object is of a run that failed, or of a crawl that was removed; call crawler.useState() again.',
			);
		});
		this.#outside = { graph, journal };
		return journal;
	}

	async #load(defaultValue: State): Promise<StateGraph> {
		if (!isContainer(defaultValue) || Array.isArray(defaultValue)) {
			throw new InvalidOptionError(`useState: the default must be an object, not ${JSON.stringify(defaultValue)}.`);
		}
		const record = await this.#storage.use((store) => store.getRecord(STORE, KEY));
		return new StateGraph(record === undefined ? JSON.stringify(defaultValue) : Buffer.from(record.value).toString());
	}

	#commit(graph: StateGraph, journal: StateJournal): readonly RecordChange[] {
		try {
			const journals = [...new Set([this.#outsideOf(graph), journal])];
			// Of all before the first is carried out: what cannot be stored leaves nothing.
			for (const one of journals) one.compare();
			if (journals.filter((one) => one.commit()).length === 0) return [];
		} catch (error) {
			journal.undo();
			throw error;
		} finally {
			if (journal !== this.#outside?.journal) journal.end();
		}
		const value = Buffer.from(JSON.stringify(graph.stored, null, 2));
		return [{ store: STORE, key: KEY, contentType: CONTENT_TYPE, value }];
	}
}
