import { describe, expect, test } from 'vitest';
import { StateGraph } from '../../src/state/state-graph.ts';
import { StateJournal } from '../../src/state/state-journal.ts';

type State = Record<string, unknown>;

/** Two pages that work on the same state, and the state as it is stored. */
function pages<T extends State>(start: T) {
	const graph = new StateGraph(JSON.stringify(start));
	const [a, b] = [new StateJournal(graph, () => {}), new StateJournal(graph, () => {})];
	return { live: graph.live, stored: graph.stored, a, b, viewA: a.view as T, viewB: b.view as T };
}

/** A page ends well. */
function commit(page: StateJournal): void {
	page.compare();
	page.commit();
	page.end();
}

describe('what is stored is what the stored pages have done', () => {
	test('numbers by what was added to them', () => {
		const { stored, a, b, viewA, viewB, live } = pages({ count: 10 });
		viewA.count++;
		viewB.count += 5;
		viewA.count++;
		expect(live.count).toBe(17);
		commit(b);
		expect(stored.count).toBe(15);
		commit(a);
		expect(stored.count).toBe(17);
	});

	test('what is appended to a list', () => {
		const { stored, a, b, viewA, viewB } = pages({ seen: ['start'] });
		viewA.seen.push('a1', 'a2');
		viewB.seen.push('b');
		commit(b);
		expect(stored.seen).toEqual(['start', 'b']);
		commit(a);
		expect(stored.seen).toEqual(['start', 'b', 'a1', 'a2']);
	});

	test('counters that two pages begin side by side', () => {
		const { stored, a, b, viewA, viewB } = pages<{ counts?: Record<string, number> }>({});
		viewA.counts ??= {};
		viewA.counts.x = (viewA.counts.x ?? 0) + 1;
		viewB.counts ??= {};
		viewB.counts.x = (viewB.counts.x ?? 0) + 1;
		commit(b);
		expect(stored).toEqual({ counts: { x: 1 } });
		commit(a);
		expect(stored).toEqual({ counts: { x: 2 } });
	});

	test('removed and replaced values', () => {
		const { stored, a, viewA } = pages<State>({ gone: 1, old: { deep: true }, list: [1, 2, 3] });
		delete viewA.gone;
		viewA.old = 'new';
		(viewA.list as number[]).pop();
		commit(a);
		expect(stored).toEqual({ old: 'new', list: [1, 2] });
	});

	test('an object with what was changed in it later, through the state and beside it', () => {
		const { stored, live, a, viewA } = pages<{ shops: Record<string, unknown>; list: unknown[] }>({
			shops: {},
			list: [],
		});
		const shop: { pages: number; tags: string[]; gone?: number; deep: { n: number } } = {
			pages: 0,
			tags: ['new'],
			gone: 1,
			deep: { n: 1 },
		};
		viewA.shops.x = shop;
		shop.pages = 7;
		shop.tags.push('old');
		delete shop.gone;
		shop.deep = { n: 2 };
		(viewA.shops.x as typeof shop).deep.n++;
		const entry = { done: false };
		viewA.list.push(entry);
		entry.done = true;
		commit(a);
		expect(stored).toEqual({
			shops: { x: { pages: 7, tags: ['new', 'old'], deep: { n: 3 } } },
			list: [{ done: true }],
		});
		expect(live).toEqual(stored);
	});

	test('an object that two pages count in, one of them beside the state', () => {
		const { stored, a, b, viewA, viewB } = pages<{ shop?: { n: number; of: string[] } }>({});
		const shop = { n: 1, of: ['a'] };
		viewA.shop = shop;
		(viewB as { shop: typeof shop }).shop.n += 10;
		(viewB as { shop: typeof shop }).shop.of.push('b');
		shop.n += 100;
		commit(b);
		expect(stored).toEqual({ shop: { n: 10, of: ['b'] } });
		commit(a);
		expect(stored).toEqual({ shop: { n: 111, of: ['b', 'a'] } });
	});

	test('an object of a page that has ended is compared for the next', () => {
		const { stored, a, b, viewA } = pages<{ totals?: { n: number } }>({});
		const totals = { n: 0 };
		viewA.totals = totals;
		commit(a);
		totals.n = 5;
		expect(stored).toEqual({ totals: { n: 0 } });
		commit(b);
		expect(stored).toEqual({ totals: { n: 5 } });
	});

	test('an entry of a list wherever it has moved', () => {
		const { stored, live, a, b, viewA, viewB } = pages({ list: [{ n: 0 }, { n: 1 }, { n: 2 }] });
		const [, middle] = viewA.list as [object, { n: number }];
		viewB.list.push({ n: 3 });
		viewA.list.shift();
		middle.n = 11;
		commit(a);
		expect(stored.list).toEqual([{ n: 11 }, { n: 2 }]);
		commit(b);
		expect(stored.list).toEqual([{ n: 11 }, { n: 2 }, { n: 3 }]);
		expect(live).toEqual(stored);
	});

	test('a list that is emptied while another page adds to it', () => {
		const { stored, live, a, b, viewA, viewB } = pages({ todo: ['x', 'y'] });
		viewB.todo.push('b');
		expect(viewA.todo.splice(0)).toEqual(['x', 'y', 'b']);
		viewA.todo.push('a');
		commit(a);
		expect(stored.todo).toEqual(['a']);
		commit(b);
		expect(stored).toEqual({ todo: ['a'] });
		expect(live).toEqual(stored);
	});

	test('what was appended, when the page fails that took it out', () => {
		const { stored, live, a, b, viewA, viewB } = pages({ todo: ['x'] });
		viewB.todo.push('b');
		viewA.todo.pop();
		commit(b);
		a.undo();
		expect(stored).toEqual({ todo: ['x', 'b'] });
		expect(live).toEqual(stored);
	});

	test('a new list of old entries', () => {
		const { stored, live, a, viewA } = pages<{ list: { n: number }[] }>({ list: [{ n: 1 }, { n: 2 }] });
		viewA.list = [...viewA.list.filter(({ n }) => n > 1), { n: 3 }];
		(viewA.list[0] as { n: number }).n = 9;
		commit(a);
		expect(stored.list).toEqual([{ n: 9 }, { n: 3 }]);
		expect(JSON.stringify(live)).toBe(JSON.stringify(stored));
	});

	test('fractions as they are seen', () => {
		const { stored, a, viewA } = pages({ sum: 0.1 });
		viewA.sum += 0.2;
		viewA.sum += 0.7;
		commit(a);
		expect(stored.sum).toBe(0.1 + 0.2 + 0.7);
	});

	test('sorting and splicing a list', () => {
		const { stored, a, viewA, live } = pages({ list: [3, 1, 2] });
		viewA.list.sort((x, y) => x - y);
		viewA.list.splice(0, 1);
		viewA.list.push(9);
		commit(a);
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

	test('takes what it has made with it, and leaves that as it is', () => {
		const { live, stored, a, b, viewA, viewB } = pages<State>({ n: 1 });
		const limits = { most: 5, of: { x: 1 } };
		viewA.limits = limits;
		(viewA.limits as typeof limits).most = 6;
		a.undo();
		expect(live).toEqual({ n: 1 });
		expect(limits).toEqual({ most: 6, of: { x: 1 } });
		viewB.limits = limits;
		commit(b);
		expect(stored).toEqual({ n: 1, limits });
	});

	test('leaves an object that another page has stored something in', () => {
		const { live, stored, a, b, viewA, viewB } = pages<{ counts?: Record<string, number> }>({});
		viewA.counts = { a: 1 };
		(viewB.counts as Record<string, number>).b = 2;
		commit(b);
		a.undo();
		expect(live).toEqual({ counts: { b: 2 } });
		expect(stored).toEqual(live);
	});
});

test('a page whose time is over changes nothing any more', () => {
	const graph = new StateGraph('{"count":1}');
	const journal = new StateJournal(graph, () => {
		throw new Error('over');
	});
	const view = journal.view as { count: number };
	expect(() => view.count++).toThrow('over');
	expect(() => Reflect.deleteProperty(view, 'count')).toThrow('over');
	expect(() => Object.defineProperty(view, 'count', { value: 2 })).toThrow('over');
	expect(graph.live).toEqual({ count: 1 });
	expect(journal.commit()).toBe(false);
});

test('dates are values, stored as their text', () => {
	const { stored, a, viewA } = pages<State>({});
	viewA.at = new Date(0);
	expect((viewA.at as Date).getTime()).toBe(0);
	commit(a);
	expect(JSON.stringify(stored)).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
});

test('a part of the state put elsewhere is the part itself', () => {
	const { live, stored, a, viewA } = pages<State>({ a: { n: 1 } });
	viewA.b = { inner: viewA.a };
	(viewA.a as { n: number }).n = 2;
	expect((live.b as State).inner).toBe(live.a);
	commit(a);
	expect(stored).toEqual({ a: { n: 2 }, b: { inner: { n: 2 } } });
});
