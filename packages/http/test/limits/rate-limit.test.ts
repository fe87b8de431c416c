import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { rateLimit } from '../../src/limits/rate-limit.ts';
import { rejection } from '../support/until.ts';

afterEach(() => vi.useRealTimers());

/** The most of `starts` that any window of `periodMs` holds. */
function mostInAnyWindow(starts: readonly number[], periodMs: number): number {
	return Math.max(...starts.map((from) => starts.filter((at) => at >= from && at < from + periodMs).length));
}

describe('the rate', () => {
	it('holds in every window, as the function itself sees it: 60 callers, 10 per 200 ms', async () => {
		const starts: number[] = [];
		const limited = rateLimit(
			async (caller: number) => {
				starts.push(performance.now());
				await sleep(caller % 7);
				return caller;
			},
			{ maxCalls: 10, periodMs: 200 },
		);
		const calls = Array.from({ length: 60 }, (_, caller) => limited(caller));
		expect(limited.pending).toBe(50);
		expect(await Promise.all(calls)).toEqual(Array.from({ length: 60 }, (_, caller) => caller));
		expect(starts).toHaveLength(60);
		expect(mostInAnyWindow(starts, 200)).toBeLessThanOrEqual(10);
		expect(limited.pending).toBe(0);
	});

	it('holds where the naive decorator of tutorials lets 50 through', async () => {
		const starts: number[] = [];
		const log: number[] = [];
		const naive = async (): Promise<void> => {
			while (log.length > 0 && (log[0] ?? 0) <= performance.now() - 200) log.shift();
			if (log.length >= 10) {
				const waitMs = 200 - (performance.now() - (log[0] ?? 0));
				await new Promise((resolve) => setTimeout(resolve, waitMs));
			}
			log.push(performance.now());
			starts.push(performance.now());
		};
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
		const calls = Array.from({ length: 60 }, naive);
		await vi.advanceTimersByTimeAsync(1_000);
		await Promise.all(calls);
		expect(mostInAnyWindow(starts, 200)).toBe(50);
	});

	it('serves in the order of the calls, however they come in', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
		const started: [number, number][] = [];
		const begin = performance.now();
		const limited = rateLimit((caller: number) => started.push([caller, performance.now() - begin]), {
			maxCalls: 2,
			periodMs: 100,
		});
		for (const caller of [1, 2, 3]) void limited(caller);
		await vi.advanceTimersByTimeAsync(60);
		for (const caller of [4, 5]) void limited(caller);
		await vi.advanceTimersByTimeAsync(500);
		expect(started).toEqual([
			[1, 0],
			[2, 0],
			[3, 100],
			[4, 100],
			[5, 200],
		]);
		expect(limited.pending).toBe(0);
	});

	it('has no timer for each that waits', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
		const limited = rateLimit(() => undefined, { maxCalls: 1, periodMs: 5 });
		const calls = [limited(), limited()];
		const timers = vi.getTimerCount();
		for (let caller = 0; caller < 1_000; caller++) calls.push(limited());
		expect(vi.getTimerCount()).toBe(timers);
		await vi.advanceTimersByTimeAsync(10_000);
		await Promise.all(calls);
		expect(vi.getTimerCount()).toBe(0);
	});

	it('counts a call that throws', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
		const starts: number[] = [];
		const limited = rateLimit(
			(): never => {
				starts.push(performance.now());
				throw new RangeError('no');
			},
			{ maxCalls: 1, periodMs: 100 },
		);
		const failures = [rejection(limited()), rejection(limited())];
		await vi.advanceTimersByTimeAsync(100);
		expect(await Promise.all(failures)).toEqual([new RangeError('no'), new RangeError('no')]);
		expect((starts[1] ?? 0) - (starts[0] ?? 0)).toBe(100);
	});

	it('begins a call at once when the rate allows it', () => {
		let started = false;
		const limited = rateLimit(() => (started = true), { maxCalls: 1, periodMs: 100 });
		void limited();
		expect(started).toBe(true);
	});
});

describe('the function', () => {
	it('keeps this, arguments and results', async () => {
		const shop = {
			currency: 'EUR',
			price: rateLimit(
				function (this: { currency: string }, cents: number): string {
					return `${cents / 100} ${this.currency}`;
				},
				{ maxCalls: 1, periodMs: 1 },
			),
		};
		expect(await shop.price(250)).toBe('2.5 EUR');
		const { signal } = new AbortController();
		expect(await shop.price.withSignal(signal).call(shop, 300)).toBe('3 EUR');
		expectTypeOf(shop.price).parameters.toEqualTypeOf<[number]>();
		expectTypeOf(shop.price).returns.toEqualTypeOf<Promise<string>>();
	});

	it('unwraps what an async function promises', async () => {
		const limited = rateLimit(async (text: string) => text.length, { maxCalls: 1, periodMs: 1 });
		expectTypeOf(limited).returns.toEqualTypeOf<Promise<number>>();
		expect(await limited('four')).toBe(4);
	});

	it.each([
		[{ maxCalls: 0, periodMs: 100 }, 'rateLimit.maxCalls is 0: give a whole number from 1.'],
		[
			{ maxCalls: 1, periodMs: 1, signal: 5 as unknown as AbortSignal },
			'rateLimit.signal is of type number: give an AbortSignal.',
		],
		[{ maxCalls: 1, periodMs: Number.NaN }, 'rateLimit.periodMs is NaN: give a whole number from 1.'],
		[{ maxCalls: 1, periodMS: 5 }, /rateLimit has no option "periodMS": did you mean "periodMs"/],
	])('refuses %o', (options, message) => {
		const wrong = options as unknown as { maxCalls: number; periodMs: number };
		expect(() => rateLimit(() => 1, wrong)).toThrow(InvalidRequestError);
		expect(() => rateLimit(() => 1, wrong)).toThrow(message);
	});

	it('refuses what is no function', () => {
		expect(() => rateLimit('fetch' as unknown as () => void, { maxCalls: 1, periodMs: 1 })).toThrow(
			'rateLimit was given a value of type string: give a function.',
		);
	});
});

describe('signals', () => {
	it('the one of the options ends all that waits and all that comes later, not what runs', async () => {
		const controller = new AbortController();
		const answer = Promise.withResolvers<string>();
		let starts = 0;
		const limited = rateLimit(
			() => {
				starts += 1;
				return answer.promise;
			},
			{ maxCalls: 1, periodMs: 100, signal: controller.signal },
		);
		const running = limited();
		const waiting = [rejection(limited()), rejection(limited())];
		expect(limited.pending).toBe(2);
		controller.abort('closing time');
		expect(await Promise.all(waiting)).toEqual(['closing time', 'closing time']);
		expect(await rejection(limited())).toBe('closing time');
		expect(limited.pending).toBe(0);
		answer.resolve('fine');
		expect(await running).toBe('fine');
		expect(starts).toBe(1);
		expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
	});

	it('that of a call ends this call alone, and the next one moves up', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
		const started: string[] = [];
		const limited = rateLimit((name: string) => started.push(name), { maxCalls: 1, periodMs: 100 });
		const controller = new AbortController();
		void limited('a');
		const given = rejection(limited.withSignal(controller.signal)('b'));
		const last = limited('c');
		controller.abort('changed my mind');
		expect(await given).toBe('changed my mind');
		await vi.advanceTimersByTimeAsync(100);
		await last;
		expect(started).toEqual(['a', 'c']);
		expect(await rejection(limited.withSignal(controller.signal)('d'))).toBe('changed my mind');
	});

	it('either one ends a call that has both', async () => {
		for (const [index, reason] of ['ours', 'its own'].entries()) {
			const controllers = [new AbortController(), new AbortController()] as const;
			const limited = rateLimit(() => 1, { maxCalls: 1, periodMs: 60_000, signal: controllers[0].signal });
			await limited();
			const call = rejection(limited.withSignal(controllers[1].signal)());
			controllers[index]?.abort(reason);
			expect(await call).toBe(reason);
		}
	});

	it('a call that was given up does not count', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
		let starts = 0;
		const limited = rateLimit(() => starts++, { maxCalls: 1, periodMs: 100 });
		const controller = new AbortController();
		await limited();
		const given = rejection(limited.withSignal(controller.signal)());
		const last = limited();
		vi.advanceTimersByTime(100); // The slot is granted, and its caller not yet told.
		controller.abort('too late');
		expect(await given).toBe('too late');
		await last;
		expect(starts).toBe(2);
	});
});
