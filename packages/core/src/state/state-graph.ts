import { type Container, emptyLike, isContainer } from './state-value.ts';

/** A page that is under way. */
export interface OpenPage {
	/** What it has appended to a list. */
	appended(list: Container): readonly unknown[];
	/** Whether it has changed a list otherwise. */
	rewrites(list: Container): boolean;
}

/**
 * A state twice: as all handlers see it, and as the pages have made it that are handled. Each object and list of the one
 * has its twin in the other, so that a change is carried out on the right one, wherever it has moved.
 */
export class StateGraph {
	readonly live: Container;
	readonly stored: Container;
	readonly #twins = new WeakMap<object, Container>();
	readonly #raw = new WeakMap<object, Container>();
	/** Those that handlers have made: as they are recorded. What is different is changed behind our back. */
	readonly #recorded = new WeakMap<object, Container>();
	readonly #owners = new WeakMap<object, object>();
	/** Twins that are in the stored state before the page has ended that made their object. */
	readonly #early = new WeakSet<object>();
	readonly #pages = new Set<OpenPage>();
	#hasMade = false;

	constructor(json: string) {
		this.live = JSON.parse(json) as Container;
		this.stored = JSON.parse(json) as Container;
		this.#pair(this.live, this.stored);
	}

	/** A page that has not ended. */
	begin(page: OpenPage): void {
		this.#pages.add(page);
	}

	end(page: OpenPage): void {
		this.#pages.delete(page);
	}

	/** What other pages have appended to a list, and not stored yet. */
	appendedByOthers(list: Container, page: OpenPage): unknown[] {
		return [...this.#pages].filter((one) => one !== page).flatMap((one) => one.appended(list));
	}

	isRewrittenByOthers(list: Container, page: OpenPage): boolean {
		return [...this.#pages].some((one) => one !== page && one.rewrites(list));
	}

	/** What stands behind a view. */
	readonly rawOf = (value: unknown): unknown => this.#raw.get(value as object) ?? value;

	isView(view: object, target: Container): void {
		this.#raw.set(view, target);
	}

	has(container: Container): boolean {
		return this.#twins.has(container) || this.#recorded.has(container);
	}

	/** Takes up an object or list that a handler has made; nothing of what is in it is recorded yet. */
	take(container: Container, owner: object): void {
		this.#hasMade = true;
		this.#recorded.set(container, emptyLike(container));
		this.#owners.set(container, owner);
	}

	/** Forgets an object or list that was taken up, unless something of it is stored. */
	letGo(container: Container): void {
		if (this.#twins.has(container)) return;
		this.#recorded.delete(container);
		this.#owners.delete(container);
	}

	/** Changes what is seen, and what is recorded of it. */
	change(container: Container, act: (one: Container) => boolean): boolean {
		const recorded = this.#recorded.get(container);
		if (recorded !== undefined) act(recorded);
		return act(container);
	}

	/** What is recorded of an object or list that a handler has made, to be changed with it. */
	recorded(container: Container): Container | undefined {
		return this.#recorded.get(container);
	}

	ownerOf(container: Container): object | undefined {
		return this.#owners.get(container);
	}

	/** The objects and lists in the state that handlers have made. */
	made(): Container[] {
		if (!this.#hasMade) return [];
		const found = new Set<Container>();
		const visit = (given: unknown): void => {
			const one = this.rawOf(given);
			if (!isContainer(one) || found.has(one)) return;
			found.add(one);
			for (const inner of Object.values(one)) visit(inner);
		};
		visit(this.live);
		return [...found].filter((one) => this.#recorded.has(one));
	}

	isStored(value: unknown): boolean {
		return isContainer(value) && this.#twins.has(value);
	}

	/** As it is put into the stored state: an empty twin of an object or list that has none yet. */
	toStored(value: unknown): unknown {
		if (!isContainer(value)) return value;
		const known = this.#twins.get(value);
		if (known !== undefined) return known;
		const twin = emptyLike(value);
		this.#twins.set(value, twin);
		return twin;
	}

	/** Whether a value was put there already, for a page that ended earlier; asked once. */
	wasEarly(twin: unknown): boolean {
		return isContainer(twin) && this.#early.delete(twin);
	}

	/**
	 * The twin to carry out a change on. One of an object that a page has made which has not ended is put into the stored
	 * state at its place; undefined for an object that is nowhere in the state any more.
	 */
	twinOf(container: Container): Container | undefined {
		const twin = this.#twins.get(container);
		if (twin !== undefined) return twin;
		const way = wayTo(this.live, container);
		if (way === undefined) return undefined;
		let here = this.stored;
		for (const { key, value } of way) {
			const isNew = !this.#twins.has(value);
			const next = this.toStored(value) as Container;
			if (isNew) {
				this.#early.add(next);
				if (Array.isArray(here)) here.push(next);
				else here[key] = next;
			}
			here = next;
		}
		return here;
	}

	#pair(live: Container, stored: Container): void {
		this.#twins.set(live, stored);
		for (const [key, value] of Object.entries(live)) {
			if (isContainer(value)) this.#pair(value, stored[key] as Container);
		}
	}
}

interface Step {
	readonly key: string;
	readonly value: Container;
}

function wayTo(from: Container, goal: Container, visited = new Set<Container>()): Step[] | undefined {
	if (from === goal) return [];
	if (visited.has(from)) return undefined;
	visited.add(from);
	for (const [key, value] of Object.entries(from)) {
		const rest = isContainer(value) ? wayTo(value, goal, visited) : undefined;
		if (rest !== undefined) return [{ key, value: value as Container }, ...rest];
	}
	return undefined;
}
