import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Ticket } from '../../src/lanes/domain-lane.ts';
import type { ResolvedLimits } from '../../src/lanes/domain-limits.ts';
import { TurnLimiter } from '../../src/lanes/turn-limiter.ts';
import { LaneUnderTest, leasedRequests, leastGap, workOff } from './lane-under-test.ts';
import { pause, until } from './pause.ts';

describe('the limits hold, and nothing stalls', () => {
	test.each<[string, Partial<ResolvedLimits>, number]>([
		['one at a time', { maxConcurrent: 1 }, 40],
		['eight at a time', {}, 200],
		['any number at a time', { maxConcurrent: Number.POSITIVE_INFINITY }, 300],
		['spacing below what a job takes', { minTime: 2 }, 60],
		['spacing', { minTime: 30 }, 8],
		['spacing and one at a time', { minTime: 20, maxConcurrent: 1 }, 8],
		['a large reservoir', { reservoir: { size: 200, refreshAmount: 200, refreshInterval: 250 } }, 300],
	])('%s', async (_, limits, total) => {
		const bench = new LaneUnderTest(limits);
		const run = await workOff(bench, total, () => Math.random() * 8);
		expect(run.ids).toEqual(Array.from({ length: total }, (__, id) => id));
		expect(run.mostInFlight).toBeLessThanOrEqual(limits.maxConcurrent ?? 8);
		expect(leastGap(run)).toBeGreaterThan((limits.minTime ?? 0) - 2);
		expect(bench.lane.isEmptyAt(Date.now() + 60_000)).toBe(true);
	});

	test('no window has more than the reservoir', async () => {
		const bench = new LaneUnderTest({ reservoir: { size: 30, refreshAmount: 30, refreshInterval: 250 } });
		const { sentAt } = await workOff(bench, 75, () => 1);
		const bursts = sentAt.filter((at, index) => index === 0 || at - (sentAt[index - 1] as number) > 60).length;
		expect(bursts).toBe(3);
		expect((sentAt[30] as number) - (sentAt[29] as number)).toBeGreaterThan(60);
	});

	test('many requests share one job of Bottleneck', async () => {
		const ask = vi.spyOn(TurnLimiter.prototype, 'ask');
		const run = await workOff(new LaneUnderTest(), 2_000, () => 0);
		expect(run.ids).toHaveLength(2_000);
		// 2,000 jobs would take Bottleneck five seconds.
		expect(ask.mock.calls.length).toBeLessThan(150);
		ask.mockRestore();
	});
});

describe('a slot never waits', () => {
	test('nothing is offered before the spacing is over', async () => {
		const bench = new LaneUnderTest({ minTime: 60 });
		bench.lane.push(leasedRequests(3));
		await until(() => bench.offers === 1);
		const first = bench.take() as Ticket;
		await pause(100);
		// The first has not gone out yet, so nobody knows when the second may.
		expect(bench.offers).toBe(0);
		const sentAt = performance.now();
		bench.lane.sent(first);
		await until(() => bench.offers === 1);
		expect(performance.now() - sentAt).toBeGreaterThan(58);
	});

	test('one that was given back unsent does not keep the next waiting', async () => {
		const bench = new LaneUnderTest({ minTime: 50 });
		bench.lane.push(leasedRequests(4));
		await until(() => bench.offers === 1);
		const ticket = bench.take() as Ticket;
		bench.lane.release(ticket);
		bench.lane.release(ticket);
		// Its crawler may tell late that it went out.
		bench.lane.sent(ticket);
		bench.lane.sent(ticket);
		await until(() => bench.offers === 1);
		const second = bench.take() as Ticket;
		await pause(80);
		expect(bench.offers).toBe(0);
		bench.lane.sent(second);
		await until(() => bench.offers === 1);
	});

	test('what was offered is not given out after the domain asked for a pause', async () => {
		const bench = new LaneUnderTest();
		bench.lane.push(leasedRequests(8));
		await until(() => bench.offers === 8);
		const first = bench.take() as Ticket;
		bench.lane.sent(first);
		const answeredAt = Date.now();
		bench.lane.release(first, { status: 429, retryAfterMs: 150 });
		expect(bench.blocked).toEqual([expect.any(Number)]);
		for (let n = 0; n < 7; n++) expect(bench.take()).toBeUndefined();
		await until(() => bench.offers > 0);
		expect(Date.now() - answeredAt).toBeGreaterThanOrEqual(149);
		// Half of the eight that were allowed before.
		await pause(30);
		expect(bench.offers).toBe(4);
	});

	test('what was offered keeps a spacing that was asked for later', async () => {
		const bench = new LaneUnderTest();
		bench.lane.push(leasedRequests(4));
		await until(() => bench.offers === 4);
		bench.lane.setCrawlDelay(40);
		const sentAt: number[] = [];
		while (sentAt.length < 4) {
			await until(() => bench.offers > 0);
			const ticket = bench.take();
			if (ticket === undefined) continue;
			sentAt.push(performance.now());
			bench.lane.sent(ticket);
			bench.lane.release(ticket);
		}
		for (let n = 1; n < 4; n++) expect((sentAt[n] as number) - (sentAt[n - 1] as number)).toBeGreaterThan(38);
	});
});

describe('crawl-delay', () => {
	test('one at a time, that far apart, also from what went before', async () => {
		const bench = new LaneUnderTest();
		bench.lane.touch();
		const touchedAt = performance.now();
		bench.lane.setCrawlDelay(40);
		const run = await workOff(bench, 4, () => 60);
		expect((run.sentAt[0] as number) - touchedAt).toBeGreaterThan(38);
		expect(leastGap(run)).toBeGreaterThan(58);
		expect(run.mostInFlight).toBe(1);
	});

	test('a longer minTime stays, and no delay is the old pace', async () => {
		const bench = new LaneUnderTest({ minTime: 50 });
		bench.lane.setCrawlDelay(10);
		expect(leastGap(await workOff(bench, 3, () => 0))).toBeGreaterThan(48);
		bench.lane.setCrawlDelay(0);
		expect(bench.lane.capacity).toBe(8);
	});
});

describe('slow-down', () => {
	test.each<[string, Partial<ResolvedLimits>]>([
		['plain', {}],
		[
			'with a large reservoir, whose turns come many at a time',
			{ reservoir: { size: 2_000, refreshAmount: 2_000, refreshInterval: 250 } },
		],
	])('%s: a 503 stalls nothing, and good answers bring the full pace back', async (_, limits) => {
		const bench = new LaneUnderTest(limits);
		bench.lane.push(leasedRequests(32));
		await until(() => bench.offers === 8);
		const tickets = Array.from({ length: 8 }, () => bench.take() as Ticket);
		for (const ticket of tickets) bench.lane.sent(ticket);
		await pause(20);
		for (const ticket of tickets) bench.lane.release(ticket, { status: 503, retryAfterMs: 60 });
		expect(bench.lane.isAtFullPace).toBe(false);
		const drained = bench.lane.drain();
		expect(drained).toHaveLength(24);
		const run = await workOff(bench, 150, () => 1 + Math.random() * 3);
		expect(run.ids).toHaveLength(150);
		expect(bench.lane.isAtFullPace).toBe(true);
	});

	test('at half the pace, half as many are in flight', async () => {
		const bench = new LaneUnderTest();
		bench.lane.push(leasedRequests(1, 900));
		await until(() => bench.offers === 1);
		const ticket = bench.take() as Ticket;
		bench.lane.sent(ticket);
		bench.lane.release(ticket, { status: 429, retryAfterMs: 0 });
		// Ten good answers end it: the eleventh may find six places.
		const run = await workOff(bench, 10, () => 5);
		expect(run.mostInFlight).toBeLessThanOrEqual(4);
	});

	test('a block from an earlier run holds', async () => {
		const blockedUntil = Date.now() + 120;
		const bench = new LaneUnderTest({}, blockedUntil);
		expect(bench.lane.isEmptyAt(Date.now())).toBe(false);
		bench.lane.push(leasedRequests(1));
		await until(() => bench.offers === 1);
		expect(Date.now()).toBeGreaterThanOrEqual(blockedUntil - 1);
	});
});

describe('when the clock is set by a year', () => {
	const YEAR_MS = 365 * 86_400_000;

	test.each([YEAR_MS, -YEAR_MS])('(%i ms) what is to wait for a moment waits for a moment', async (stepMs) => {
		vi.useFakeTimers({ toFake: ['Date'] });
		onTestFinished(() => {
			vi.useRealTimers();
		});
		const bench = new LaneUnderTest();
		bench.lane.push(leasedRequests(3));
		await until(() => bench.offers === 3);
		const ticket = bench.take() as Ticket;
		bench.lane.sent(ticket);
		const wall = Date.now() + stepMs;
		vi.setSystemTime(wall);
		bench.lane.release(ticket, { status: 429, retryAfterMs: 60 });
		// What is stored is the time by the new clock.
		expect(Math.abs((bench.blocked[0] as number) - wall)).toBeLessThan(YEAR_MS / 2);
		while (bench.offers > 0) expect(bench.take()).toBeUndefined();
		await until(() => bench.offers > 0);
		expect(bench.take()).toBeDefined();
	});
});

describe('the lane as such', () => {
	test('is hungry when half of it is gone', async () => {
		const bench = new LaneUnderTest({ maxConcurrent: 2 });
		expect(bench.lane.capacity).toBe(8);
		bench.lane.push(leasedRequests(8));
		await until(() => bench.offers === 2);
		for (let taken = 1; taken <= 4; taken++) {
			await until(() => bench.offers > 0);
			const ticket = bench.take() as Ticket;
			expect(bench.hungry).toBe(taken < 4 ? 0 : 1);
			bench.lane.release(ticket);
		}
	});

	test('is not forgotten before its reservoir would be full again', async () => {
		const bench = new LaneUnderTest({ reservoir: { size: 5, refreshAmount: 5, refreshInterval: 5_000 } });
		await workOff(bench, 5, () => 0);
		expect(bench.lane.isEmptyAt(Date.now() + 4_000)).toBe(false);
		expect(bench.lane.isEmptyAt(Date.now() + 6_000)).toBe(true);
	});

	test('a stopped lane offers nothing, and takes back what is out', async () => {
		const bench = new LaneUnderTest();
		bench.lane.push(leasedRequests(20));
		await until(() => bench.offers === 8);
		const ticket = bench.take() as Ticket;
		bench.lane.stop();
		const offers = bench.offers;
		expect(bench.lane.drain()).toHaveLength(19);
		bench.lane.sent(ticket);
		bench.lane.release(ticket, { status: 503 });
		await pause(50);
		expect(bench.offers).toBe(offers);
		expect(bench.take()).toBeUndefined();
	});
});
