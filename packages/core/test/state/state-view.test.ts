import { describe, expect, test } from 'vitest';
import { StateGraph } from '../../src/state/state-graph.ts';
import { StateJournal } from '../../src/state/state-journal.ts';

type State = Record<string, unknown>;

function page(start: State = {}) {
	const graph = new StateGraph(JSON.stringify(start));
	const journal = new StateJournal(graph, () => {});
	const commit = (): void => {
		journal.compare();
		journal.commit();
	};
	return { view: journal.view, commit, stored: graph.stored, live: graph.live };
}

describe('what cannot be stored is refused when it is set', () => {
	const circular: State = {};
	circular.self = circular;
	const BAD: readonly [what: string, value: unknown, why: string][] = [
		['a function', () => {}, 'is or holds a function, which JSON cannot'],
		['a big integer in a list', [1n], 'is or holds a bigint, which JSON cannot'],
		['a symbol', Symbol('x'), 'is or holds a symbol, which JSON cannot'],
		['a map', new Map(), 'is or holds a Map, which is {} in JSON; use an object or a list'],
		['a set in an object', { seen: new Set() }, 'is or holds a Set, which is {} in JSON; use an object or a list'],
		['a circle', circular, 'holds itself, which JSON cannot'],
	];
	test.each(BAD)('%s', (_what, value, why) => {
		const { view, commit, stored, live } = page({ x: 1 });
		const message = `useState: "x" ${why}. The state is plain objects, lists, text, numbers, true, false and null.`;
		expect(() => {
			view.x = value;
		}).toThrow(message);
		commit();
		expect([stored, live]).toEqual([{ x: 1 }, { x: 1 }]);
	});

	test('the state put into itself', () => {
		const { view, stored } = page({ a: { b: {} } });
		const { a } = view as { a: { b: State } };
		expect(() => {
			a.b.c = a;
		}).toThrow('"c" holds itself');
		expect(stored).toEqual({ a: { b: {} } });
	});

	test('and when it is found at the end of a page', () => {
		const { view, commit, stored } = page();
		const shop: State = {};
		view.shop = shop;
		shop.size = 1n;
		expect(commit).toThrow('useState: "size" is or holds a bigint');
		expect(stored).toEqual({});
	});
});

describe('a state is used like an object', () => {
	test('Object.defineProperty, where it defines a plain value', () => {
		const { view, commit, stored } = page({ y: 1 });
		Object.defineProperty(view, 'x', { value: 1, enumerable: true, writable: true, configurable: true });
		Object.defineProperty(view, 'y', { value: 2 });
		commit();
		expect(stored).toEqual({ x: 1, y: 2 });
		const message = 'useState: "z" is defined as something else than a plain value.';
		expect(() => Object.defineProperty(view, 'z', { value: 1 })).toThrow(message);
		expect(() => Object.defineProperty(view, 'z', { get: () => 1, enumerable: true, configurable: true })).toThrow(
			message,
		);
	});

	test('what the language gives out of it leads to the same state', () => {
		const { view, commit, stored } = page({ a: { n: 1 }, list: [{ n: 1 }] });
		(Object.getOwnPropertyDescriptor(view, 'a')?.value as { n: number }).n = 2;
		for (const entry of view.list as { n: number }[]) entry.n = 3;
		Object.assign(view, { b: 4 });
		commit();
		expect(stored).toEqual({ a: { n: 2 }, list: [{ n: 3 }], b: 4 });
		expect(JSON.parse(JSON.stringify(view))).toEqual(stored);
		expect({ ...view }).toEqual(stored);
	});

	test('a frozen object in it can be read', () => {
		const { view, commit, stored } = page();
		view.limits = Object.freeze({ of: { most: 1 } });
		expect((view.limits as { of: { most: number } }).of.most).toBe(1);
		expect(() => {
			(view.limits as State).x = 1;
		}).toThrow(TypeError);
		commit();
		expect(stored).toEqual({ limits: { of: { most: 1 } } });
	});

	test('it cannot be frozen, or get another prototype', () => {
		const { view } = page();
		expect(() => Object.freeze(view)).toThrow('cannot be frozen or sealed');
		expect(() => Object.setPrototypeOf(view, null)).toThrow('cannot get another prototype');
		expect(() => {
			Reflect.set(view, '__proto__', {});
		}).toThrow('"__proto__" is no name for a value');
	});
});
