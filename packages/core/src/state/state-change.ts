import type { OpenPage, StateGraph } from './state-graph.ts';
import { type Container, isContainer, isCount } from './state-value.ts';

interface Place {
	/** In the state as all see it. */
	readonly object: Container;
	readonly key: string;
}

/** A change of the state, as it is carried out on its twin, or taken back. */
export type StateChange = Place &
	(
		| { readonly kind: 'add'; readonly before: number; readonly value: number; readonly isNew: boolean }
		| { readonly kind: 'append'; readonly value: unknown }
		| { readonly kind: 'set'; readonly value: unknown; readonly before: unknown; readonly isNew: boolean }
		| { readonly kind: 'delete'; readonly before: unknown }
	);

/** Carries a change out on the stored state, which may have had changes of other pages meanwhile. */
export function replayChange(graph: StateGraph, change: StateChange, page: OpenPage): void {
	const { key } = change;
	if (isRewrite(change)) return;
	const twin = graph.twinOf(change.object);
	if (twin === undefined) return;
	if (change.kind === 'delete') {
		Reflect.deleteProperty(twin, key);
	} else if (change.kind !== 'add') {
		const value = graph.toStored(change.value);
		const wasEarly = graph.wasEarly(value);
		if (change.kind === 'set') {
			Reflect.set(twin, key, value);
		} else {
			const list = twin as unknown as unknown[];
			// Another page has taken it out, and that is stored.
			const isGone = (change.object as unknown as unknown[]).lastIndexOf(change.value) < 0;
			if (isGone && !graph.isRewrittenByOthers(change.object, page)) return;
			if (!(wasEarly && list.includes(value))) list.push(value);
		}
	} else {
		const stored = isCount(twin[key]) ? twin[key] : 0;
		// As it is where nobody else has counted: differences of fractions are not exact.
		twin[key] = stored === change.before ? change.value : stored + (change.value - change.before);
	}
}

/** Whether a change of a list is more than an append: then all of it is stored, with `rewriteList`. */
export function isRewrite({ kind, object }: StateChange): boolean {
	return kind !== 'append' && Array.isArray(object);
}

/** Stores a list as it is seen, but for what others have appended to it: that is theirs to store. */
export function rewriteList(graph: StateGraph, list: Container, appendedByOthers: readonly unknown[]): void {
	const twin = graph.twinOf(list) as unknown as unknown[] | undefined;
	if (twin === undefined) return;
	const left = [...(list as unknown as unknown[])];
	for (const value of appendedByOthers) {
		const index = left.lastIndexOf(value);
		if (index >= 0) left.splice(index, 1);
	}
	twin.length = 0;
	for (const value of left) twin.push(graph.toStored(value));
}

/**
 * Takes a change back in what all see. An object that its page has made goes with the place that it was put in, and is left
 * as it is: it belongs to the handler. One that another page has stored something in stays.
 */
export function undoChange(graph: StateGraph, change: StateChange, page: object): void {
	const { object, key } = change;
	const isOwn = (value: unknown): boolean => isContainer(value) && graph.ownerOf(value) === page;
	if (isOwn(object) && !graph.isStored(object)) return;
	if (change.kind === 'delete') {
		if (!Object.hasOwn(object, key)) graph.change(object, (one) => Reflect.set(one, key, change.before));
		return;
	}
	const { value } = change;
	if (isOwn(value) && graph.isStored(value)) return;
	if (change.kind === 'append') {
		graph.change(object, (one) => {
			const list = one as unknown as unknown[];
			const index = list.lastIndexOf(value);
			if (index >= 0) list.splice(index, 1);
			return true;
		});
	} else if (change.kind === 'add') {
		if (!isCount(object[key])) return;
		const left = object[key] === change.value ? change.before : object[key] - (change.value - change.before);
		if (change.isNew && left === 0) graph.change(object, (one) => Reflect.deleteProperty(one, key));
		else graph.change(object, (one) => Reflect.set(one, key, left));
	} else if (Object.is(object[key], value)) {
		if (change.isNew) graph.change(object, (one) => Reflect.deleteProperty(one, key));
		else graph.change(object, (one) => Reflect.set(one, key, change.before));
	}
}
