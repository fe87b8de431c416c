import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BandwidthLimit } from '../../src/download/bandwidth-limit.ts';

it('lets bytes pass at the rate, the first at once', () => {
	let now = 1_000;
	const limit = new BandwidthLimit(1_000, () => now);
	expect(limit.reserve(100)).toBe(0);
	// What a timer is late is made good, up to 5 ms.
	expect(limit.reserve(100)).toBeCloseTo(95);
	now += 95;
	expect(limit.reserve(100)).toBeCloseTo(100);
});

it('saves nothing up while nobody asks', () => {
	let now = 0;
	const limit = new BandwidthLimit(1_000, () => now);
	limit.reserve(10);
	now = 60_000;
	expect(limit.reserve(1_000)).toBe(0);
	expect(limit.reserve(1)).toBeCloseTo(995);
});

it('lets no more pass in any second than the rate, half a percent and one piece', () => {
	const rate = 100_000;
	const steps = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 20_000 })), { minLength: 1, maxLength: 60 });
	fc.assert(
		fc.property(steps, (requests) => {
			let now = 0;
			const limit = new BandwidthLimit(rate, () => now);
			const passed: { at: number; bytes: number }[] = [];
			for (const [pauseMs, bytes] of requests) {
				now += pauseMs;
				passed.push({ at: now + limit.reserve(bytes), bytes });
			}
			for (const [index, { at, bytes }] of passed.entries()) {
				const window = passed.slice(0, index).filter((earlier) => earlier.at > at - 1_000);
				const sum = window.reduce((total, earlier) => total + earlier.bytes, 0);
				expect(sum).toBeLessThanOrEqual(rate * 1.005 + 0.001);
				expect(bytes).toBeGreaterThan(0);
			}
		}),
	);
});

it.each([0, -1, Number.NaN, '2M'])('refuses %j', (value) => {
	expect(() => new BandwidthLimit(value as number)).toThrow('give a number above 0');
});
