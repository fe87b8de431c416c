import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { AbortWatch } from '../../src/limits/abort-watch.ts';

it('tells each item of a signal that fires, in order, and no other', () => {
	const told: [string, unknown][] = [];
	const watch = new AbortWatch<string>((item, reason) => told.push([item, reason]));
	const [fires, stays] = [new AbortController(), new AbortController()];
	watch.add(fires.signal, 'a');
	watch.add(stays.signal, 'b');
	watch.add(fires.signal, 'c');
	watch.add(fires.signal, 'gone');
	watch.delete(fires.signal, 'gone');
	fires.abort('enough');
	expect(told).toEqual([
		['a', 'enough'],
		['c', 'enough'],
	]);
	expect(getEventListeners(fires.signal, 'abort')).toEqual([]);
	expect(getEventListeners(stays.signal, 'abort')).toHaveLength(1);
});

it('has one listener for a signal, however many items, and none when they are gone', () => {
	const watch = new AbortWatch<number>(() => undefined);
	const { signal } = new AbortController();
	for (let item = 0; item < 10_000; item++) watch.add(signal, item);
	expect(getEventListeners(signal, 'abort')).toHaveLength(1);
	for (let item = 0; item < 10_000; item++) watch.delete(signal, item);
	expect(getEventListeners(signal, 'abort')).toEqual([]);
	watch.delete(signal, 1);
});

it('lets a callback take other items away', () => {
	const told: string[] = [];
	const controller = new AbortController();
	const { signal } = controller;
	const watch = new AbortWatch<string>((item) => {
		told.push(item);
		watch.delete(signal, 'b');
	});
	watch.add(signal, 'a');
	watch.add(signal, 'b');
	controller.abort();
	expect(told).toEqual(['a']);
	expect(getEventListeners(signal, 'abort')).toEqual([]);
});
