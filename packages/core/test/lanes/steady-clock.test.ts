import { expect, onTestFinished, test, vi } from 'vitest';
import { steadyNow, toSteadyTime, toWallTime } from '../../src/lanes/steady-clock.ts';

const YEAR_MS = 365 * 86_400_000;

test.each([YEAR_MS, -YEAR_MS])('a clock that is set by %i ms does not move the steady one', (stepMs) => {
	vi.useFakeTimers({ toFake: ['Date'] });
	onTestFinished(() => {
		vi.useRealTimers();
	});
	const before = steadyNow();
	const wall = Date.now() + stepMs;
	vi.setSystemTime(wall);
	const after = steadyNow();
	expect(after).toBeGreaterThanOrEqual(before);
	expect(after).toBeLessThan(before + YEAR_MS / 2);
	// In a minute by either clock is in a minute by the other.
	expect(Math.abs(toSteadyTime(wall + 60_000) - (after + 60_000))).toBeLessThan(YEAR_MS / 2);
	expect(Math.abs(toWallTime(after + 60_000) - (wall + 60_000))).toBeLessThan(YEAR_MS / 2);
	expect(Math.abs(toWallTime(toSteadyTime(wall + 60_000)) - (wall + 60_000))).toBeLessThan(YEAR_MS / 2);
});
