import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Deadline } from '../src/deadline.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

function deadline(): { set: (ms: number) => void; clear: () => void; expired: () => number } {
	let count = 0;
	const it = new Deadline(() => {
		count += 1;
	});
	return {
		set: (ms) => it.set(performance.now() + ms, performance.now()),
		clear: () => it.clear(),
		expired: () => count,
	};
}

it('expires once, on time', () => {
	const it = deadline();
	it.set(100);
	vi.advanceTimersByTime(99);
	expect(it.expired()).toBe(0);
	vi.advanceTimersByTime(1);
	expect(it.expired()).toBe(1);
	vi.advanceTimersByTime(1_000);
	expect(it.expired()).toBe(1);
});

it('moves later without another timer', () => {
	const it = deadline();
	it.set(100);
	vi.advanceTimersByTime(60);
	it.set(100);
	expect(vi.getTimerCount()).toBe(1);
	vi.advanceTimersByTime(99);
	expect(it.expired()).toBe(0);
	vi.advanceTimersByTime(1);
	expect(it.expired()).toBe(1);
});

it('moves earlier', () => {
	const it = deadline();
	it.set(10_000);
	it.set(50);
	vi.advanceTimersByTime(50);
	expect(it.expired()).toBe(1);
});

it('does not expire when cleared, nor at Infinity', () => {
	const it = deadline();
	it.set(50);
	it.clear();
	it.set(Number.POSITIVE_INFINITY);
	expect(vi.getTimerCount()).toBe(0);
	vi.advanceTimersByTime(1_000);
	expect(it.expired()).toBe(0);
});

it('sleeps through a distant deadline in steps', () => {
	const it = deadline();
	it.set(60_000.5);
	vi.advanceTimersByTime(60_000);
	expect(it.expired()).toBe(0);
	vi.advanceTimersByTime(1);
	expect(it.expired()).toBe(1);
	expect(vi.getTimerCount()).toBe(0);
});

it('expires at once when the time is past', () => {
	const it = deadline();
	it.set(-5);
	vi.advanceTimersByTime(1);
	expect(it.expired()).toBe(1);
});
