import { expect, onTestFinished, test } from 'vitest';
import type { Ticket } from '../../src/lanes/domain-lane.ts';
import { Dispatcher, type DispatcherOptions } from '../../src/queue/dispatcher.ts';
import { type GateVerdict, OPEN_GATE } from '../../src/queue/robots-gate.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import type { LeasedRequest, PageOutcome } from '../../src/store/crawl-store.ts';
import { FREE } from '../lanes/lane-under-test.ts';
import { pause, until } from '../lanes/pause.ts';
import { pageOf } from '../store/conformance.ts';
import { newRequest, newRequests } from '../store/requests.ts';

const ALLOWED: GateVerdict = { kind: 'allowed', crawlDelayMs: 0 };

interface Bench {
	readonly store: SqliteStore;
	readonly dispatcher: Dispatcher;
	readonly skipped: string[];
	readonly failures: unknown[];
	changes: number;
	/** The next ticket; undefined when all is done. */
	next(): Promise<Ticket | undefined>;
}

function bench(options: Partial<DispatcherOptions> = {}): Bench {
	const store = SqliteStore.open(':memory:');
	const skipped: string[] = [];
	const failures: unknown[] = [];
	const dispatcher = new Dispatcher({
		store,
		gate: OPEN_GATE,
		limitsFor: () => FREE,
		skipped: ({ url }) => skipped.push(new URL(url).pathname),
		changed: () => made.changes++,
		failed: (error) => failures.push(error),
		...options,
	});
	onTestFinished(async () => {
		await dispatcher.stop();
		await store.close();
	});
	const made: Bench = {
		store,
		dispatcher,
		skipped,
		failures,
		changes: 0,
		async next() {
			await until(() => dispatcher.isReady || dispatcher.isDone);
			return dispatcher.take() ?? (dispatcher.isDone ? undefined : made.next());
		},
	};
	return made;
}

async function workOff({ dispatcher, next }: Bench, visit: (ticket: Ticket) => void = () => {}): Promise<void> {
	const work = async (): Promise<void> => {
		for (let ticket = await next(); ticket !== undefined; ticket = await next()) {
			visit(ticket);
			await dispatcher.commit(ticket, pageOf(ticket.request));
		}
	};
	await Promise.all(Array.from({ length: 100 }, work));
}

function delayed(afterMs: number): PageOutcome {
	return { status: 'delayed', notBefore: Date.now() + afterMs, retryCount: 1, error: 'later' };
}

test.each([500, 2_200])('with few places, %i domains all get their turn', async (count) => {
	const crawl = bench({ maxActiveDomains: Math.ceil(count / 4) });
	await crawl.store.add(Array.from({ length: count }, (_, n) => newRequest('/', { domain: `d${n}.example` })));
	crawl.dispatcher.start();
	const seen = new Set<string>();
	await workOff(crawl, ({ request }) => seen.add(request.domain));
	expect(seen.size).toBe(count);
	expect(crawl.store.counts()).toMatchObject({ handled: count, waiting: 0, leased: 0 });
});

test('lanes hold a bounded part of a long queue', async () => {
	const crawl = bench();
	await crawl.store.add(newRequests(50_000));
	crawl.dispatcher.start();
	for (let n = 0; n < 20; n++) {
		const ticket = (await crawl.next()) as Ticket;
		expect(crawl.store.counts().leased).toBeLessThanOrEqual(32 + 8);
		await crawl.dispatcher.commit(ticket, pageOf(ticket.request));
	}
	await crawl.dispatcher.stop();
	expect(crawl.store.counts()).toMatchObject({ waiting: 49_980, leased: 0, handled: 20 });
});

test('links of a page wake their domains, new ones and old ones', async () => {
	const crawl = bench();
	await crawl.store.add([newRequest('/')]);
	crawl.dispatcher.start();
	const first = (await crawl.next()) as Ticket;
	await pause(20);
	const requests = [newRequest('/more'), newRequest('/', { domain: 'b.example' })];
	await crawl.dispatcher.commit(first, pageOf(first.request, { requests }));
	const seen: string[] = [];
	await workOff(crawl, ({ request }) => seen.push(request.url));
	expect(seen.sort()).toEqual(['http://a.example/more', 'http://b.example/']);
	expect(crawl.changes).toBeGreaterThan(0);
});

test('what is given back comes again, also when its lane had nothing more to hope for', async () => {
	const crawl = bench();
	await crawl.store.add([newRequest('/')]);
	crawl.dispatcher.start();
	const ticket = (await crawl.next()) as Ticket;
	await crawl.dispatcher.giveBack(ticket);
	const again = (await crawl.next()) as Ticket;
	expect(again.request.id).toBe(ticket.request.id);
	await crawl.dispatcher.commit(again, pageOf(again.request));
	expect(crawl.dispatcher.isDone).toBe(true);
});

test('a retry comes when it is due, whatever is delayed or leased meanwhile', async () => {
	const crawl = bench();
	await crawl.store.add([newRequest('/soon'), newRequest('/late', { domain: 'b.example' })]);
	crawl.dispatcher.start();
	const tickets = [(await crawl.next()) as Ticket, (await crawl.next()) as Ticket];
	const soon = tickets.find(({ request }) => request.domain === 'a.example') as Ticket;
	const late = tickets.find(({ request }) => request.domain === 'b.example') as Ticket;
	const due = Date.now() + 30;
	const outcome = { ...delayed(0), notBefore: due } as PageOutcome;
	await crawl.dispatcher.commit(soon, pageOf(soon.request, { outcome }));
	const committed = crawl.dispatcher.commit(late, pageOf(late.request, { outcome: delayed(60_000) }));
	// The event loop is busy while the retry comes due. Then the lease for another domain makes it wait, and the second
	// retry is stored before the alarm of the first can ring.
	while (Date.now() < due + 3);
	await Promise.all([crawl.store.lease('c.example', 1), committed]);
	await until(() => crawl.dispatcher.isReady);
	expect(crawl.dispatcher.take()?.request.url).toBe('http://a.example/soon');
	expect(crawl.dispatcher.isDone).toBe(false);
});

test('a retry that is due before it is stored is not overlooked', async () => {
	const crawl = bench();
	await crawl.store.add([newRequest('/')]);
	crawl.dispatcher.start();
	const ticket = (await crawl.next()) as Ticket;
	const committed = crawl.dispatcher.commit(ticket, pageOf(ticket.request, { outcome: delayed(-1) }));
	// The same transaction: the lease finds it due and makes it wait.
	await Promise.all([crawl.store.lease('b.example', 1), committed]);
	expect(crawl.store.nextDelayed()).toBeUndefined();
	expect((await crawl.next())?.request.retryCount).toBe(1);
});

test('what robots.txt forbids is skipped, told once it is stored, and never handed out', async () => {
	const check = ({ pathname }: URL): GateVerdict => (pathname.endsWith('1') ? { kind: 'disallowed' } : ALLOWED);
	const crawl = bench({ gate: { check: async (url) => check(new URL(url)), close() {} } });
	await crawl.store.add(newRequests(100));
	crawl.dispatcher.start();
	const seen: string[] = [];
	await workOff(crawl, ({ request }) => seen.push(new URL(request.url).pathname));
	expect(seen.filter((path) => path.endsWith('1'))).toEqual([]);
	expect(crawl.store.counts()).toMatchObject({ handled: 90, skipped: 10, leased: 0, waiting: 0 });
	expect(crawl.skipped.sort()).toEqual(Array.from({ length: 10 }, (_, n) => (n === 0 ? '/1' : `/${n}1`)));
});

test('a crawl-delay counts from the fetch of robots.txt on', async () => {
	const verdict: GateVerdict = { kind: 'allowed', crawlDelayMs: 80 };
	let isKnown = false;
	const check = (): GateVerdict | Promise<GateVerdict> => {
		if (isKnown) return verdict;
		isKnown = true;
		return Promise.resolve(verdict);
	};
	const crawl = bench({ gate: { check, close() {} } });
	await crawl.store.add(newRequests(3));
	const startedAt = performance.now();
	crawl.dispatcher.start();
	const sentAt = [startedAt];
	for (let n = 0; n < 3; n++) {
		const ticket = (await crawl.next()) as Ticket;
		ticket.lane.sent(ticket);
		sentAt.push(performance.now());
		await crawl.dispatcher.commit(ticket, pageOf(ticket.request));
	}
	for (let n = 1; n < sentAt.length; n++) {
		expect((sentAt[n] as number) - (sentAt[n - 1] as number)).toBeGreaterThan(78);
	}
});

test('stop gives everything back, also what still waits for a robots.txt that never comes', async () => {
	let asked = 0;
	let answer: (verdict: GateVerdict) => void = () => {};
	const never = new Promise<GateVerdict>((resolve) => {
		answer = resolve;
	});
	const check = (url: string): GateVerdict | Promise<GateVerdict> => {
		if (new URL(url).host === 'a.example') return ALLOWED;
		asked++;
		return never;
	};
	const crawl = bench({ gate: { check, close() {} } });
	await crawl.store.add([...newRequests(20), ...newRequests(20, { domain: 'hangs.example' })]);
	crawl.dispatcher.start();
	const out = (await crawl.next()) as Ticket;
	await until(() => asked > 0);
	await crawl.dispatcher.stop();
	expect(crawl.store.counts()).toMatchObject({ waiting: 39, leased: 1 });
	answer({ kind: 'disallowed' });
	await crawl.dispatcher.commit(out, pageOf(out.request));
	await pause(40);
	expect(crawl.store.counts()).toMatchObject({ waiting: 39, leased: 0, handled: 1, skipped: 0 });
	expect(crawl.failures).toEqual([]);
});

test('stop in the middle of filling leaves nothing leased', async () => {
	for (let turn = 0; turn < 12; turn++) {
		const crawl = bench();
		await crawl.store.add(Array.from({ length: 30 }, (_, n) => newRequest(`/${n}`, { domain: `d${n % 5}.example` })));
		crawl.dispatcher.start();
		for (let tick = 0; tick < turn; tick++) await Promise.resolve();
		await crawl.dispatcher.stop();
		await pause(1);
		expect(crawl.store.counts()).toMatchObject({ waiting: 30, leased: 0 });
	}
});

test('a lost store is told once, and nothing is handed out any more', async () => {
	const crawl = bench();
	await crawl.store.add(newRequests(100));
	crawl.dispatcher.start();
	const ticket = (await crawl.next()) as Ticket;
	await crawl.store.close();
	await expect(crawl.dispatcher.commit(ticket, pageOf(ticket.request))).rejects.toMatchObject({
		code: 'ORB_STORAGE_CLOSED',
	});
	expect(crawl.failures).toMatchObject([{ code: 'ORB_STORAGE_CLOSED' }]);
	expect(crawl.dispatcher.take()).toBeUndefined();
});

test('a block is stored, so that it outlives the lane', async () => {
	const crawl = bench();
	await crawl.store.add(newRequests(2));
	crawl.dispatcher.start();
	const ticket = (await crawl.next()) as Ticket;
	const before = Date.now();
	ticket.lane.release(ticket, { status: 429, retryAfterMs: 60_000.5 });
	await crawl.dispatcher.commit(ticket, pageOf(ticket.request));
	await crawl.dispatcher.stop();
	const [domain] = await crawl.store.domains(9, () => false);
	expect(domain?.blockedUntil).toBeGreaterThanOrEqual(before + 60_000);
	expect(domain?.blockedUntil).toBeLessThanOrEqual(Date.now() + 60_001);
});

test('taken requests are those that were leased', async () => {
	const crawl = bench();
	await crawl.store.add(newRequests(3));
	crawl.dispatcher.start();
	const requests: LeasedRequest[] = [];
	await workOff(crawl, ({ request }) => requests.push(request));
	expect(requests.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
});
