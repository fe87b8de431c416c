import { describe, expect, test } from 'vitest';
import { StateJournal } from '../../src/state/state-journal.ts';

type State = Record<string, unknown>;

/** Two pages that work on the same state, and the state as it is stored. */
function pages<T extends State>(start: T) {
	const live = structuredClone(start);
	const stored = structuredClone(start);
	const journal = (): StateJournal => new StateJournal(live, () => {});
	const [a, b] = [journal(), journal()];
	return { live, stored, a, b, viewA: a.view as T, viewB: b.view as T };
}

describe('what is stored is what the stored pages have done', () => {
	test('numbers by what was added to them', () => {
		const { stored, a, b, viewA, viewB, live } = pages({ count: 10 });
		viewA.count++;
		viewB.count += 5;
		viewA.count++;
		expect(live.count).toBe(17);
		b.replay(stored);
		expect(stored.count).toBe(15);
		a.replay(stored);
		expect(stored.count).toBe(17);
	});

	test('what is appended to a list', () => {
		const { stored, a, b, viewA, viewB } = pages({ seen: ['start'] });
		viewA.seen.push('a1', 'a2');
		viewB.seen.push('b');
		b.replay(stored);
		expect(stored.seen).toEqual(['start', 'b']);
		a.replay(stored);
		expect(stored.seen).toEqual(['start', 'b', 'a1', 'a2']);
	});

	test('counters that two pages begin side by side', () => {
		const { stored, a, b, viewA, viewB } = pages<{ counts?: Record<string, number> }>({});
		viewA.counts ??= {};
		viewA.counts.x = (viewA.counts.x ?? 0) + 1;
		viewB.counts ??= {};
		viewB.counts.x = (viewB.counts.x ?? 0) + 1;
		b.replay(stored);
		expect(stored).toEqual({ counts: { x: 1 } });
		a.replay(stored);
		expect(stored).toEqual({ counts: { x: 2 } });
	});

	test('removed and replaced values', () => {
		const { stored, a, viewA } = pages<State>({ gone: 1, old: { deep: true }, list: [1, 2, 3] });
		delete viewA.gone;
		viewA.old = 'new';
		(viewA.list as number[]).pop();
		a.replay(stored);
		expect(stored).toEqual({ old: 'new', list: [1, 2] });
	});

	test('a value is stored as it was when it was set', () => {
		const { stored, a, viewA } = pages<State>({});
		const entry = { n: 1 };
		viewA.entry = entry;
		(viewA.entry as { n: number }).n++;
		a.replay(stored);
		expect(stored).toEqual({ entry: { n: 2 } });
	});

	test('sorting and splicing a list', () => {
		const { stored, a, viewA, live } = pages({ list: [3, 1, 2] });
		viewA.list.sort((x, y) => x - y);
		viewA.list.splice(0, 1);
		viewA.list.push(9);
		a.replay(stored);
		expect(live.list).toEqual([2, 3, 9]);
		expect(stored.list).toEqual([2, 3, 9]);
	});
});

describe('a page that failed', () => {
	test('leaves what others have done', () => {
		const { live, a, viewA, viewB } = pages<{ count: number; seen: string[]; last?: string }>({ count: 1, seen: [] });
		viewA.count += 10;
		viewA.seen.push('a');
		viewA.last = 'a';
		viewB.count += 100;
		viewB.seen.push('b');
		a.undo();
		expect(live).toEqual({ count: 101, seen: ['b'] });
	});

	test('gives back what it removed and replaced, unless somebody has set it since', () => {
		const { live, a, viewA, viewB } = pages<State>({ removed: 1, replaced: 'old', contested: 'old' });
		delete viewA.removed;
		viewA.replaced = 'new';
		viewA.contested = 'a';
		viewB.contested = 'b';
		a.undo();
		expect(live).toEqual({ removed: 1, replaced: 'old', contested: 'b' });
	});
});

test('a page whose time is over changes nothing any more', () => {
	const live = { count: 1 };
	const journal = new StateJournal(live, () => {
		throw new Error('over');
	});
	const view = journal.view as typeof live;
	expect(() => view.count++).toThrow('over');
	expect(() => Reflect.deleteProperty(view, 'count')).toThrow('over');
	expect(live).toEqual({ count: 1 });
	expect(journal.isEmpty).toBe(true);
});

test('dates and maps are values, not something to look into', () => {
	const live: State = { at: new Date(0), map: new Map([['a', 1]]) };
	const view = new StateJournal(live, () => {}).view;
	expect((view.at as Date).getTime()).toBe(0);
	expect((view.map as Map<string, number>).get('a')).toBe(1);
});

test('a part of the state put elsewhere is the part itself', () => {
	const { live, viewA } = pages<State>({ a: { n: 1 } });
	viewA.b = viewA.a;
	expect(live.b).toBe(live.a);
});
