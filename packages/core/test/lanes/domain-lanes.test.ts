import { expect, onTestFinished, test, vi } from 'vitest';
import type { DomainLane, Ticket } from '../../src/lanes/domain-lane.ts';
import { DomainLanes, type DomainLanesOptions } from '../../src/lanes/domain-lanes.ts';
import { FREE, leasedRequests } from './lane-under-test.ts';
import { pause, until } from './pause.ts';

function lanesWith(options: Partial<DomainLanesOptions> = {}): DomainLanes {
	const lanes = new DomainLanes({
		limitsFor: () => FREE,
		fill: () => {},
		ready: () => {},
		blocked: () => {},
		vacant: () => {},
		...options,
	});
	onTestFinished(() => void lanes.stop());
	return lanes;
}

function open(lanes: DomainLanes, domain: string, requests: number): DomainLane {
	const lane = lanes.open(domain);
	if (lane === undefined) throw new Error(`no place for ${domain}`);
	lane.push(leasedRequests(requests, 0, domain));
	return lane;
}

function finish(ticket: Ticket | undefined): void {
	ticket?.lane.sent(ticket as Ticket);
	ticket?.lane.release(ticket);
}

test('a domain has one lane', () => {
	const lanes = lanesWith();
	expect(lanes.open('a.example')).toBe(lanes.open('a.example'));
	expect(lanes.find('a.example')?.domain).toBe('a.example');
	expect(lanes.find('b.example')).toBeUndefined();
});

test('says once that something is ready', async () => {
	let ready = 0;
	const lanes = lanesWith({ ready: () => ready++ });
	expect(lanes.isReady).toBe(false);
	open(lanes, 'a.example', 20);
	await until(() => ready === 1);
	await pause(40);
	expect(ready).toBe(1);
	while (lanes.take() !== undefined);
	expect(lanes.isReady).toBe(false);
});

test('domains take turns, however many requests one of them has', async () => {
	const lanes = lanesWith();
	open(lanes, 'large.example', 100);
	open(lanes, 'small.example', 4);
	await pause(60);
	const order: string[] = [];
	for (let n = 0; n < 12; n++) {
		await until(() => lanes.isReady);
		const ticket = lanes.take() as Ticket;
		order.push(ticket.request.domain);
		finish(ticket);
	}
	expect(order.filter((domain) => domain === 'small.example')).toHaveLength(4);
});

test('a domain that must wait does not keep the others', async () => {
	const lanes = lanesWith();
	const blocked = open(lanes, 'blocked.example', 8);
	await until(() => lanes.isReady);
	await pause(40);
	open(lanes, 'free.example', 1);
	await pause(30);
	const first = lanes.take() as Ticket;
	expect(first.lane).toBe(blocked);
	blocked.sent(first);
	blocked.release(first, { status: 503, retryAfterMs: 60_000 });
	expect(lanes.take()?.request.domain).toBe('free.example');
	expect(lanes.take()).toBeUndefined();
	expect(lanes.isReady).toBe(false);
});

test('an idle lane gives its place to another domain', async () => {
	let vacant = 0;
	const lanes = lanesWith({ maxActive: 2, vacant: () => vacant++ });
	open(lanes, 'a.example', 1);
	open(lanes, 'b.example', 1);
	expect(lanes.isFull).toBe(true);
	expect(lanes.open('c.example')).toBeUndefined();
	await until(() => lanes.isReady);
	const ticket = lanes.take() as Ticket;
	expect(lanes.open('c.example')).toBeUndefined();
	finish(ticket);
	await until(() => vacant === 1);
	expect(lanes.find(ticket.request.domain)).toBeUndefined();
	expect(lanes.open('c.example')).toBeDefined();
});

test('a blocked domain keeps its place, one that is only slow does not', async () => {
	const lanes = lanesWith({ maxActive: 1 });
	const lane = open(lanes, 'a.example', 1);
	await until(() => lanes.isReady);
	const ticket = lanes.take() as Ticket;
	lane.sent(ticket);
	lane.release(ticket, { status: 429, retryAfterMs: 80 });
	expect(lanes.open('b.example')).toBeUndefined();
	await pause(90);
	expect(lane.isAtFullPace).toBe(false);
	expect(lanes.open('b.example')).toBeDefined();
});

test('stop answers what was in the lanes', async () => {
	const lanes = lanesWith();
	open(lanes, 'a.example', 20);
	open(lanes, 'b.example', 3);
	await until(() => lanes.isReady);
	const ticket = lanes.take();
	expect(lanes.stop()).toHaveLength(22);
	finish(ticket);
	expect(lanes.take()).toBeUndefined();
	expect(lanes.isReady).toBe(false);
	expect(lanes.stop()).toEqual([]);
});

test('an idle domain makes place although the clock was set back meanwhile', async () => {
	vi.useFakeTimers({ toFake: ['Date'] });
	onTestFinished(() => {
		vi.useRealTimers();
	});
	const lanes = lanesWith({ maxActive: 1 });
	open(lanes, 'a.example', 1);
	await until(() => lanes.isReady);
	finish(lanes.take());
	vi.setSystemTime(Date.now() - 365 * 86_400_000);
	expect(lanes.open('b.example')).toBeDefined();
});
