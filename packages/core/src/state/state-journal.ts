import { isRewrite, replayChange, rewriteList, type StateChange, undoChange } from './state-change.ts';
import type { StateGraph } from './state-graph.ts';
import { type Container, checkStorable, isContainer, isCount, refused } from './state-value.ts';

/**
 * What one page changes in a state that all pages share. Every change is seen by all at once; the journal knows which of
 * them are the page's own, so that they can be stored with the page, or taken back.
 *
 * Numbers are changed by differences and lists are added to, so that pages that count or gather side by side do not
 * overwrite each other; everything else is as the last one has set it. What a page changes later in an object that it has put
 * into the state is found when the page ends, by comparing.
 */
export class StateJournal {
	readonly #graph: StateGraph;
	readonly #check: () => void;
	readonly #changes: StateChange[] = [];
	readonly #views = new WeakMap<object, object>();
	/** Objects and lists that the page has made and put into the state. */
	readonly #made: Container[] = [];
	#isOver = false;

	/** @param check is called before each change, and throws when the page may not change anything any more. */
	constructor(graph: StateGraph, check: () => void) {
		this.#graph = graph;
		this.#check = check;
		graph.begin(this);
	}

	/** The state as the page sees and changes it. */
	get view(): Container {
		return this.#view(this.#graph.live);
	}

	/**
	 * Finds what was changed in objects of the page, or of pages that have ended, without being seen.
	 *
	 * @throws InvalidOptionError when that cannot be stored.
	 */
	compare(): void {
		for (const object of this.#graph.made()) {
			const owner = this.#graph.ownerOf(object);
			if (owner !== this && owner instanceof StateJournal && !owner.#isOver) continue;
			const recorded = this.#graph.recorded(object) as Container;
			const was = { ...recorded };
			const length = Number(recorded.length);
			if (Array.isArray(object) && object.length < length) {
				this.#note(object, { key: 'length', before: length, isNew: false, length }, object.length);
			}
			for (const key of Object.keys(object)) {
				const isNew = !Object.hasOwn(was, key);
				if (!isNew && Object.is(object[key], was[key])) continue;
				const value = this.#graph.rawOf(object[key]);
				checkStorable(key, value, object, this.#graph.rawOf);
				if (value !== object[key]) Reflect.set(object, key, value);
				this.#note(object, { key, before: was[key], isNew, length: Number(recorded.length) }, value);
			}
			if (Array.isArray(object)) continue;
			for (const key of Object.keys(was).filter((one) => !Object.hasOwn(object, one))) {
				Reflect.deleteProperty(recorded, key);
				this.#changes.push({ kind: 'delete', object, key, before: was[key] });
			}
		}
	}

	/** Carries the changes out on the stored state. Answers whether there were any. */
	commit(): boolean {
		for (const change of this.#changes) replayChange(this.#graph, change, this);
		const lists = new Set(this.#changes.filter(isRewrite).map(({ object }) => object));
		for (const list of lists) rewriteList(this.#graph, list, this.#graph.appendedByOthers(list, this));
		const hadAny = this.#changes.length > 0;
		this.#changes.length = 0;
		return hadAny;
	}

	/** Nothing comes any more; what is changed later in what it has made is found by others. */
	end(): void {
		this.#isOver = true;
		this.#graph.end(this);
	}

	/** What is appended to a list, and not stored yet. */
	appended(list: Container): unknown[] {
		return this.#changes.flatMap((change) =>
			change.kind === 'append' && change.object === list ? [change.value] : [],
		);
	}

	/** Whether a list is changed otherwise than by appending, and that is not stored yet. */
	rewrites(list: Container): boolean {
		return this.#changes.some((change) => change.object === list && isRewrite(change));
	}

	/** Takes the changes back, the last one first; what others have set meanwhile stays. */
	undo(): void {
		try {
			this.compare();
		} catch {
			// What cannot be stored goes with the object that it is in.
		}
		for (const change of this.#changes.toReversed()) undoChange(this.#graph, change, this);
		this.#changes.length = 0;
		for (const one of this.#made) this.#graph.letGo(one);
		this.end();
	}

	#view<T extends object>(target: T): T {
		const known = this.#views.get(target);
		if (known !== undefined) return known as T;
		const seen = (value: unknown): unknown => (isContainer(value) ? this.#view(value) : value);
		const view = new Proxy(target as Container, {
			get: (object, key) => {
				const value: unknown = Reflect.get(object, key);
				return typeof key === 'string' && !isFixed(object, key) ? seen(value) : value;
			},
			set: (object, key, value) => this.#set(object, key, value),
			deleteProperty: (object, key) => {
				this.#check();
				this.#meet(object);
				const change: StateChange | undefined =
					typeof key === 'string' && Object.hasOwn(object, key)
						? { kind: 'delete', object, key, before: object[key] }
						: undefined;
				const isDone = this.#graph.change(object, (one) => Reflect.deleteProperty(one, key));
				if (isDone && change !== undefined) this.#changes.push(change);
				return isDone;
			},
			defineProperty: (object, key, descriptor) => {
				const { value, enumerable, writable, configurable } = { ...DATA, ...own(object, key), ...descriptor };
				if (descriptor.get === undefined && descriptor.set === undefined && enumerable && writable && configurable) {
					return this.#set(object, key, value);
				}
				throw refused(String(key), 'is defined as something else than a plain value');
			},
			getOwnPropertyDescriptor: (object, key) => {
				const descriptor = own(object, key);
				if (descriptor?.configurable === true && 'value' in descriptor) descriptor.value = seen(descriptor.value);
				return descriptor;
			},
			preventExtensions: () => {
				throw refused('the state', 'cannot be frozen or sealed');
			},
			setPrototypeOf: () => {
				throw refused('the state', 'cannot get another prototype');
			},
		});
		this.#views.set(target, view);
		this.#graph.isView(view, target as Container);
		return view as T;
	}

	#set(object: Container, key: string | symbol, value: unknown): boolean {
		this.#check();
		const plain = this.#graph.rawOf(value);
		if (typeof key === 'symbol') return Reflect.set(object, key, plain);
		checkStorable(key, plain, object, this.#graph.rawOf);
		this.#meet(object);
		const before = object[key];
		const isNew = !Object.hasOwn(object, key);
		const { length } = object;
		if (!Reflect.set(object, key, plain)) return false;
		this.#note(object, { key, before, isNew, length: length as number }, plain);
		return true;
	}

	/** Before a change of an object that came into the state behind our back: as it is now, it is somebody's already. */
	#meet(object: Container): void {
		if (this.#graph.has(object)) return;
		const owners = new Set(this.#graph.made().map((one) => this.#graph.ownerOf(one)));
		for (const owner of new Set([this, ...owners])) if (owner instanceof StateJournal) owner.compare();
	}

	/** Notes a change that was made: what was there before, and what is there now. */
	#note(
		object: Container,
		was: { key: string; before: unknown; isNew: boolean; length: number },
		value: unknown,
	): void {
		const { key, before, isNew, length } = was;
		const recorded = this.#graph.recorded(object);
		if (recorded !== undefined) Reflect.set(recorded, key, value);
		const isList = Array.isArray(object);
		// A first count is one to add to as well: two pages may begin it side by side.
		const base = isNew ? 0 : before;
		if (isList && key === 'length' && value === length) return;
		if (isList && key === String(length)) {
			this.#changes.push({ kind: 'append', object, key, value });
		} else if (!isList && isCount(base) && isCount(value)) {
			this.#changes.push({ kind: 'add', object, key, before: base, value, isNew });
		} else {
			this.#changes.push({ kind: 'set', object, key, value, before, isNew });
		}
		if (isContainer(value)) this.#take(value);
	}

	/** Notes what is in an object or list that was made outside of the state. */
	#take(container: Container): void {
		if (this.#graph.has(container)) return;
		this.#graph.take(container, this);
		this.#made.push(container);
		// Of a list its holes too: they are null in JSON.
		const keys = Array.isArray(container) ? Array.from(container, (_, index) => String(index)) : Object.keys(container);
		for (const key of keys) {
			const value = this.#graph.rawOf(container[key]);
			// A view that was put into it would be that of one page.
			if (value !== container[key]) Reflect.set(container, key, value);
			this.#note(container, { key, before: undefined, isNew: true, length: Number(key) }, value);
		}
	}
}

const DATA = { enumerable: false, writable: false, configurable: false };

function own(object: Container, key: string | symbol): PropertyDescriptor | undefined {
	return Reflect.getOwnPropertyDescriptor(object, key);
}

/** A frozen value has to be shown as it is; so the language wants it. */
function isFixed(object: Container, key: string): boolean {
	const descriptor = own(object, key);
	return descriptor?.configurable === false && descriptor.writable === false;
}
