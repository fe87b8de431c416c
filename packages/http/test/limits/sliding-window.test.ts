import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlidingWindow } from '../../src/limits/sliding-window.ts';

/** The most times that any window of `periodMs` holds. */
function mostInAnyWindow(times: readonly number[], periodMs: number): number {
	const sorted = times.toSorted((a, b) => a - b);
	return Math.max(0, ...sorted.map((from) => sorted.filter((time) => time >= from && time < from + periodMs).length));
}

describe('calls that count at once', () => {
	it('lets maxCalls through, and the next when the first has left the window', () => {
		const window = new SlidingWindow({ maxCalls: 2, periodMs: 100 });
		for (const now of [10, 30]) {
			expect(window.readyAt(now)).toBe(now);
			window.add(now);
		}
		expect(window.readyAt(109)).toBe(110);
		expect(window.readyAt(110)).toBe(110);
		window.add(110);
		expect(window.readyAt(110)).toBe(130);
	});

	it('never lets more than maxCalls into any window, and never holds one back without need', () => {
		const pauses = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 300, noNaN: true })), { maxLength: 80 });
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 6 }),
				fc.integer({ min: 1, max: 200 }),
				pauses,
				(maxCalls, periodMs, all) => {
					const window = new SlidingWindow({ maxCalls, periodMs });
					const times: number[] = [];
					let now = 0;
					for (const pauseMs of all) {
						now += pauseMs;
						const readyAt = window.readyAt(now);
						const counting = times.filter((time) => time + periodMs > now).length;
						expect(readyAt <= now).toBe(counting < maxCalls);
						now = readyAt;
						window.add(now);
						times.push(now);
					}
					expect(mostInAnyWindow(times, periodMs)).toBeLessThanOrEqual(maxCalls);
				},
			),
		);
	});
});

describe('calls that count when they are really made', () => {
	it('counts a reserved one as now, for as long as it takes', () => {
		const window = new SlidingWindow({ maxCalls: 2, periodMs: 100 });
		window.take();
		window.take();
		expect(window.readyAt(10_000)).toBe(Number.POSITIVE_INFINITY);
		window.stamp(20_000);
		expect(window.readyAt(20_000)).toBe(20_100);
		window.take();
		expect(window.readyAt(20_150)).toBe(Number.POSITIVE_INFINITY);
	});

	it('forgets one that is given back', () => {
		const window = new SlidingWindow({ maxCalls: 1, periodMs: 100 });
		window.take();
		window.giveBack();
		expect(window.readyAt(5)).toBe(5);
	});

	it('counts a call that nobody could hold back, and makes up for it', () => {
		const window = new SlidingWindow({ maxCalls: 1, periodMs: 100 });
		window.take();
		window.stamp(0);
		window.add(40);
		expect(window.readyAt(100)).toBe(140);
	});

	it('knows when nothing counts any more', () => {
		const window = new SlidingWindow({ maxCalls: 2, periodMs: 100 });
		expect(window.emptyAt()).toBe(Number.NEGATIVE_INFINITY);
		window.take();
		expect(window.emptyAt()).toBe(Number.POSITIVE_INFINITY);
		window.stamp(7);
		expect(window.emptyAt()).toBe(107);
	});

	it('never lets more than maxCalls into any window, however late they are made', () => {
		const step = fc.record({
			act: fc.constantFrom('take', 'take', 'stamp', 'giveBack'),
			pauseMs: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 150, noNaN: true })),
		});
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 5 }),
				fc.integer({ min: 1, max: 120 }),
				fc.array(step, { maxLength: 120 }),
				(maxCalls, periodMs, steps) => {
					const window = new SlidingWindow({ maxCalls, periodMs });
					const times: number[] = [];
					let reserved = 0;
					let now = 0;
					for (const { act, pauseMs } of steps) {
						now += pauseMs;
						if (act === 'take') {
							const free = times.filter((time) => time + periodMs > now).length + reserved < maxCalls;
							expect(window.readyAt(now) <= now).toBe(free);
							if (!free) continue;
							window.take();
							reserved += 1;
						} else if (reserved > 0) {
							reserved -= 1;
							if (act === 'giveBack') window.giveBack();
							else {
								window.stamp(now);
								times.push(now);
							}
						}
					}
					expect(mostInAnyWindow(times, periodMs)).toBeLessThanOrEqual(maxCalls);
				},
			),
		);
	});
});
