import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PhaseTimer } from '../src/phase-timer.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

it('tells which phase ran out', () => {
	const onExpire = vi.fn();
	const timer = new PhaseTimer(performance.now() + 1_000, onExpire);
	timer.enter('headers', 100, performance.now());
	vi.advanceTimersByTime(90);
	timer.enter('read', 50, performance.now());
	vi.advanceTimersByTime(49);
	expect(onExpire).not.toHaveBeenCalled();
	vi.advanceTimersByTime(1);
	expect(onExpire.mock.calls).toEqual([['read']]);
});

it('tells when the whole ran out first, even between phases that are in time', () => {
	const onExpire = vi.fn();
	const timer = new PhaseTimer(performance.now() + 100, onExpire);
	for (let i = 0; i < 10; i++) {
		timer.enter('read', 50, performance.now());
		vi.advanceTimersByTime(10);
	}
	expect(onExpire.mock.calls).toEqual([['total']]);
});

it('tells nothing once stopped', () => {
	const onExpire = vi.fn();
	new PhaseTimer(performance.now() + 100, onExpire).stop();
	vi.advanceTimersByTime(1_000);
	expect(onExpire).not.toHaveBeenCalled();
});
