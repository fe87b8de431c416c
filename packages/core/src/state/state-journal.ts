type Container = Record<string, unknown>;
type Path = readonly string[];

/** A change of the state, as it is carried out again on another copy of it. */
type Change =
	| { readonly kind: 'add'; readonly path: Path; readonly by: number; readonly isNew: boolean }
	| { readonly kind: 'append'; readonly path: Path; readonly value: unknown }
	| {
			readonly kind: 'set';
			readonly path: Path;
			readonly value: unknown;
			readonly before: unknown;
			readonly isNew: boolean;
	  }
	| { readonly kind: 'delete'; readonly path: Path; readonly before: unknown };

/**
 * What one page changes in a state that all pages share. Every change is seen by all at once; the journal knows which of
 * them are the page's own, so that they can be stored with the page, or taken back.
 *
 * Numbers are changed by differences and lists are added to, so that pages that count or gather side by side do not
 * overwrite each other; everything else is as the last one has set it.
 */
export class StateJournal {
	readonly #live: Container;
	readonly #check: () => void;
	readonly #changes: Change[] = [];
	readonly #views = new WeakMap<object, object>();
	readonly #targets = new WeakMap<object, object>();

	/** @param check is called before each change, and throws when the page may not change anything any more. */
	constructor(live: Container, check: () => void) {
		this.#live = live;
		this.#check = check;
	}

	/** The state as the page sees and changes it. */
	get view(): Container {
		return this.#view(this.#live, []);
	}

	get isEmpty(): boolean {
		return this.#changes.length === 0;
	}

	/** Carries the changes out on `state`, which may have had changes of other pages meanwhile. */
	replay(state: Container): void {
		for (const change of this.#changes) replayChange(state, this.#live, change);
	}

	/** Begins anew: what was noted so far is carried out elsewhere. */
	clear(): void {
		this.#changes.length = 0;
	}

	/** Takes the changes back, the last one first; what others have set meanwhile stays. */
	undo(): void {
		for (const change of this.#changes.toReversed()) undoChange(this.#live, change);
	}

	#view<T extends object>(target: T, path: Path): T {
		const known = this.#views.get(target);
		if (known !== undefined) return known as T;
		const view = new Proxy(target as Container, {
			get: (object, key) => {
				const value: unknown = Reflect.get(object, key);
				return typeof key === 'string' && isContainer(value) ? this.#view(value, [...path, key]) : value;
			},
			set: (object, key, value) => {
				this.#check();
				const plain: unknown = this.#targets.get(value as object) ?? value;
				if (typeof key === 'string') this.#note(object, [...path, key], plain);
				return Reflect.set(object, key, plain);
			},
			deleteProperty: (object, key) => {
				this.#check();
				if (typeof key === 'string' && Object.hasOwn(object, key)) {
					this.#changes.push({ kind: 'delete', path: [...path, key], before: object[key] });
				}
				return Reflect.deleteProperty(object, key);
			},
		});
		this.#views.set(target, view);
		this.#targets.set(view, target);
		return view as T;
	}

	#note(object: Container, path: Path, value: unknown): void {
		const key = path.at(-1) as string;
		const before = object[key];
		if (Array.isArray(object)) {
			// What an append has done already.
			if (key === 'length' && value === object.length) return;
			if (key === String(object.length)) {
				this.#changes.push({ kind: 'append', path: path.slice(0, -1), value: copy(value) });
				return;
			}
		}
		const isNew = !Object.hasOwn(object, key);
		// A first count is one to add to as well: two pages may begin it side by side.
		const base = isNew ? 0 : before;
		if (!Array.isArray(object) && isCount(base) && isCount(value)) {
			this.#changes.push({ kind: 'add', path, by: value - base, isNew });
		} else {
			this.#changes.push({ kind: 'set', path, value: copy(value), before, isNew });
		}
	}
}

function replayChange(state: Container, live: Container, change: Change): void {
	if (change.kind === 'append') {
		const list = containerAt(state, live, change.path);
		if (Array.isArray(list)) list.push(copy(change.value));
		return;
	}
	const key = change.path.at(-1) as string;
	const parent = containerAt(state, live, change.path.slice(0, -1));
	if (change.kind === 'delete') delete parent[key];
	else if (change.kind === 'add') parent[key] = (isCount(parent[key]) ? parent[key] : 0) + change.by;
	// Two pages that began side by side with `state.counts ??= {}` mean the same object.
	else if (!(change.isNew && isContainer(parent[key]) && isContainer(change.value))) parent[key] = copy(change.value);
}

function undoChange(live: Container, change: Change): void {
	const parent = find(live, change.kind === 'append' ? change.path : change.path.slice(0, -1));
	if (parent === undefined) return;
	const key = change.path.at(-1) as string;
	if (change.kind === 'append') {
		const list = parent as unknown as unknown[];
		const index = list.findLastIndex((value) => isSame(value, change.value));
		if (index >= 0) list.splice(index, 1);
	} else if (change.kind === 'add') {
		if (isCount(parent[key])) parent[key] -= change.by;
		if (change.isNew && parent[key] === 0) delete parent[key];
	} else if (change.kind === 'delete') {
		if (!Object.hasOwn(parent, key)) parent[key] = change.before;
	} else if (isSame(parent[key], change.value)) {
		if (change.isNew) delete parent[key];
		else parent[key] = change.before;
	}
}

/** What is at `path`; made where it is missing, as a list where the live state has a list. */
function containerAt(state: Container, live: Container, path: Path): Container {
	let here = state;
	path.forEach((key, depth) => {
		if (!isContainer(here[key])) here[key] = Array.isArray(find(live, path.slice(0, depth + 1))) ? [] : {};
		here = here[key] as Container;
	});
	return here;
}

function find(state: Container, path: Path): Container | undefined {
	let here: unknown = state;
	for (const key of path) here = isContainer(here) ? here[key] : undefined;
	return isContainer(here) ? here : undefined;
}

function isCount(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}

/** Plain objects and lists: what JSON can hold, and what is looked into. */
function isContainer(value: unknown): value is Container {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

/** As it is stored: what is changed later in the original is a change of its own. */
function copy(value: unknown): unknown {
	const json = JSON.stringify(value);
	return json === undefined ? undefined : JSON.parse(json);
}

function isSame(a: unknown, b: unknown): boolean {
	return a === b || JSON.stringify(a) === JSON.stringify(b);
}
