import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Slot } from '../../src/limits/slot.ts';
import { SlotQueue, type SlotWait } from '../../src/limits/slot-queue.ts';
import { SlotTimeout } from '../../src/limits/slot-timeout.ts';
import { rejection, until } from '../support/until.ts';

const NO_LIMIT = Number.POSITIVE_INFINITY;

/** Asks for slots and notes in which order they are given. */
class Asker {
	readonly queue: SlotQueue;
	readonly given: string[] = [];
	readonly slots = new Map<string, Slot>();

	constructor(queue: SlotQueue) {
		this.queue = queue;
	}

	/** Names are those of hosts with a number: "a1", "a2" and "b1" ask for two hosts. */
	ask(name: string, wait: SlotWait = {}): Promise<void> {
		return this.queue.acquire(name.slice(0, 1), wait).then((slot) => {
			this.given.push(name);
			this.slots.set(name, slot);
		});
	}

	async release(...names: string[]): Promise<void> {
		for (const name of names) this.slots.get(name)?.release();
		await settled();
	}

	async sent(...names: string[]): Promise<void> {
		for (const name of names) this.slots.get(name)?.sent(performance.now());
		await settled();
	}
}

async function settled(): Promise<void> {
	for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

describe('slots', () => {
	it('are given at once while there are any, and taken back once', () => {
		const queue = new SlotQueue({ total: 3, perHost: 2 });
		const slots = [queue.tryAcquire('a'), queue.tryAcquire('a')];
		expect(slots.every((slot) => slot !== undefined)).toBe(true);
		expect(queue.tryAcquire('a')).toBeUndefined();
		expect(queue.tryAcquire('b')).toBeDefined();
		expect(queue.tryAcquire('c')).toBeUndefined();
		expect(queue.active).toBe(3);
		slots[0]?.release();
		slots[0]?.release();
		expect(queue.active).toBe(2);
		expect(queue.tryAcquire('a')).toBeDefined();
		expect(queue.tryAcquire('a')).toBeUndefined();
	});

	it('go to those that wait in the order they came', async () => {
		const asker = new Asker(new SlotQueue({ total: 1, perHost: 1 }));
		for (const name of ['a1', 'b1', 'a2', 'c1']) void asker.ask(name);
		await settled();
		expect(asker.queue.waiting).toBe(3);
		for (const name of ['a1', 'b1', 'a2', 'c1']) await asker.release(name);
		expect(asker.given).toEqual(['a1', 'b1', 'a2', 'c1']);
		expect(asker.queue).toMatchObject({ active: 0, waiting: 0, hosts: 0 });
	});

	it('of a full host hold up nobody else', async () => {
		const asker = new Asker(new SlotQueue({ total: 3, perHost: 1 }));
		for (const name of ['a1', 'a2', 'a3', 'b1', 'c1', 'd1']) void asker.ask(name);
		await settled();
		expect(asker.given).toEqual(['a1', 'b1', 'c1']);
		await asker.release('c1'); // a2 and a3 came before, but their host is full.
		expect(asker.given).toEqual(['a1', 'b1', 'c1', 'd1']);
		await asker.release('a1');
		expect(asker.given.at(-1)).toBe('a2');
	});

	it('go to the earliest arrival over all hosts with room', async () => {
		const asker = new Asker(new SlotQueue({ total: 2, perHost: 2 }));
		for (const name of ['x1', 'x2', 'c1', 'a1', 'b1', 'c2', 'a2']) void asker.ask(name);
		await settled();
		await asker.release('x1', 'x2');
		await asker.release('c1', 'a1');
		await asker.release('b1', 'c2');
		expect(asker.given).toEqual(['x1', 'x2', 'c1', 'a1', 'b1', 'c2', 'a2']);
	});

	it('are not taken past those of the same host that wait', async () => {
		const asker = new Asker(new SlotQueue({ total: 1, perHost: 1 }));
		for (const name of ['a1', 'a2']) void asker.ask(name);
		await settled();
		asker.slots.get('a1')?.release(); // It is a2's now, though nobody has told it yet.
		expect(asker.queue.tryAcquire('a')).toBeUndefined();
	});

	it('without any limit are always there, and all hosts count as one', () => {
		const queue = new SlotQueue({ total: NO_LIMIT, perHost: NO_LIMIT });
		const slots = Array.from({ length: 1_000 }, (_, n) => queue.tryAcquire(`host-${n}`));
		expect(slots.every((slot) => slot !== undefined)).toBe(true);
		expect(queue).toMatchObject({ active: 1_000, hosts: 1 });
		for (const slot of slots) slot?.release();
		expect(queue).toMatchObject({ active: 0, hosts: 0 });
	});
});

describe('giving up', () => {
	it('by signal rejects with its reason; those behind move up', async () => {
		const asker = new Asker(new SlotQueue({ total: 1, perHost: 1 }));
		const controller = new AbortController();
		void asker.ask('a1');
		const given = rejection(asker.ask('a2', { signal: controller.signal }));
		void asker.ask('a3');
		controller.abort('enough');
		expect(await given).toBe('enough');
		expect(asker.queue.waiting).toBe(1);
		await asker.release('a1');
		expect(asker.given).toEqual(['a1', 'a3']);
		expect(await rejection(asker.ask('a4', { signal: controller.signal }))).toBe('enough');
	});

	it('the first of a host leaves its turn to the next arrival over all', async () => {
		const asker = new Asker(new SlotQueue({ total: 1, perHost: 1 }));
		const controller = new AbortController();
		void asker.ask('x1');
		const given = rejection(asker.ask('a1', { signal: controller.signal }));
		for (const name of ['b1', 'a2']) void asker.ask(name);
		controller.abort();
		await given;
		for (const name of ['x1', 'b1', 'a2']) await asker.release(name);
		expect(asker.given).toEqual(['x1', 'b1', 'a2']);
	});

	it('leaves no listener behind, and 10,000 waits on one signal have one', async () => {
		const asker = new Asker(new SlotQueue({ total: 1, perHost: 1 }));
		const warnings: Error[] = [];
		const onWarning = (warning: Error): number => warnings.push(warning);
		process.on('warning', onWarning);
		const controller = new AbortController();
		const { signal } = controller;
		await asker.ask('a1', { signal });
		const waits = Array.from({ length: 10_000 }, () => rejection(asker.queue.acquire('a', { signal })));
		expect(getEventListeners(signal, 'abort')).toHaveLength(1);
		controller.abort('all of you');
		expect(new Set(await Promise.all(waits))).toEqual(new Set(['all of you']));
		expect(getEventListeners(signal, 'abort')).toEqual([]);
		expect(asker.queue.waiting).toBe(0);

		const other = new AbortController();
		const last = asker.ask('a2', { signal: other.signal });
		await asker.release('a1');
		await last;
		expect(getEventListeners(other.signal, 'abort')).toEqual([]);
		await new Promise((resolve) => setImmediate(resolve)); // Warnings come in a later turn.
		process.off('warning', onWarning);
		expect(warnings).toEqual([]);
	});

	it('on close rejects all that wait and all that come, and takes slots back', async () => {
		const asker = new Asker(new SlotQueue({ total: 2, perHost: 1 }));
		for (const name of ['a1', 'b1']) void asker.ask(name);
		const waits = ['a2', 'b2', 'c1'].map((name) => rejection(asker.ask(name, { timeoutMs: 60_000 })));
		const closed = new Error('closed');
		asker.queue.close(closed);
		asker.queue.close(new Error('again'));
		expect(await Promise.all(waits)).toEqual([closed, closed, closed]);
		expect(await rejection(asker.ask('d1'))).toBe(closed);
		expect(asker.queue.tryAcquire('d')).toBeUndefined();
		await asker.release('a1', 'b1');
		expect(asker.queue).toMatchObject({ active: 0, waiting: 0, hosts: 0 });
	});
});

describe('with time', () => {
	beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
	afterEach(() => vi.useRealTimers());

	it('a wait ends after its timeout, with what the limit was', async () => {
		const asker = new Asker(new SlotQueue({ total: 1, perHost: 1 }));
		await asker.ask('a1');
		const ends: [string, number, unknown][] = [];
		const begin = performance.now();
		for (const [name, timeoutMs] of [
			['b1', 300],
			['c1', 2_500.5],
			['a2', 300],
			['b2', 10],
		] as const) {
			void rejection(asker.ask(name, { timeoutMs })).then((error) =>
				ends.push([name, performance.now() - begin, error]),
			);
		}
		void asker.ask('a3', { timeoutMs: 4_000 });
		await vi.advanceTimersByTimeAsync(3_000);
		expect(ends).toEqual([
			['b2', 10, new SlotTimeout(10)],
			['b1', 300, new SlotTimeout(300)],
			['a2', 300, new SlotTimeout(300)],
			['c1', 2_501, new SlotTimeout(2_500.5)],
		]);
		expect(ends.every(([, , error]) => error instanceof SlotTimeout)).toBe(true);
		await asker.release('a1');
		expect(asker.given).toEqual(['a1', 'a3']);
		expect(vi.getTimerCount()).toBe(0);
	});

	it('the rate of a host counts from the moment a request is sent', async () => {
		const asker = new Asker(new SlotQueue({ total: 10, perHost: 10, rate: { maxCalls: 2, periodMs: 100 } }));
		for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) void asker.ask(name);
		await vi.advanceTimersByTimeAsync(1_000);
		expect(asker.given).toEqual(['a1', 'a2']); // Neither was sent yet.
		await asker.sent('a1');
		await vi.advanceTimersByTimeAsync(50);
		await asker.sent('a2');
		await vi.advanceTimersByTimeAsync(49);
		expect(asker.given).toEqual(['a1', 'a2']);
		await vi.advanceTimersByTimeAsync(1);
		expect(asker.given).toEqual(['a1', 'a2', 'a3']);
		await vi.advanceTimersByTimeAsync(50);
		expect(asker.given).toEqual(['a1', 'a2', 'a3', 'a4']);
		await asker.release('a3'); // Never sent: it does not count.
		expect(asker.given).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
	});

	it('a request that is sent again counts again', async () => {
		const asker = new Asker(new SlotQueue({ total: 10, perHost: 10, rate: { maxCalls: 1, periodMs: 100 } }));
		for (const name of ['a1', 'a2']) void asker.ask(name);
		await settled();
		await asker.sent('a1');
		await vi.advanceTimersByTimeAsync(60);
		await asker.sent('a1');
		await vi.advanceTimersByTimeAsync(99);
		expect(asker.given).toEqual(['a1']);
		await vi.advanceTimersByTimeAsync(1);
		expect(asker.given).toEqual(['a1', 'a2']);
	});

	it('no slot is held while the rate makes somebody wait', async () => {
		const asker = new Asker(new SlotQueue({ total: 2, perHost: 2, rate: { maxCalls: 1, periodMs: 100 } }));
		for (const name of ['a1', 'a2', 'a3', 'b1', 'c1']) void asker.ask(name);
		await settled();
		await asker.sent('a1');
		expect(asker.given).toEqual(['a1', 'b1']);
		await asker.release('b1');
		expect(asker.given).toEqual(['a1', 'b1', 'c1']);
		expect(asker.queue.active).toBe(2);
		await asker.release('a1', 'c1');
		expect(asker.queue).toMatchObject({ active: 0, waiting: 2 });
		await vi.advanceTimersByTimeAsync(100);
		expect(asker.given.at(-1)).toBe('a2');
	});

	it('those whose rate has opened go before a newcomer, though the timer is late', async () => {
		const asker = new Asker(new SlotQueue({ total: 1, perHost: 1, rate: { maxCalls: 1, periodMs: 100 } }));
		for (const name of ['a1', 'a2']) void asker.ask(name);
		await settled();
		await asker.sent('a1');
		await asker.release('a1');
		vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 100);
		void asker.ask('b1');
		await settled();
		expect(asker.given).toEqual(['a1', 'a2']);
		vi.restoreAllMocks();
	});

	it('10,000 hosts that wait for their rate have one timer', async () => {
		const queue = new SlotQueue({ total: NO_LIMIT, perHost: 1, rate: { maxCalls: 1, periodMs: 100 } });
		let given = 0;
		for (let n = 0; n < 10_000; n++) {
			const slot = queue.tryAcquire(`host-${n}`);
			slot?.sent(performance.now());
			slot?.release();
		}
		const timers = vi.getTimerCount();
		for (let n = 0; n < 10_000; n++) void queue.acquire(`host-${n}`, { timeoutMs: 5_000 }).then(() => given++);
		expect(vi.getTimerCount()).toBe(timers + 1);
		await vi.advanceTimersByTimeAsync(100);
		expect(given).toBe(10_000);
	});
});

describe('what is known of hosts', () => {
	it('is forgotten with their last request', () => {
		const queue = new SlotQueue({ total: 10, perHost: 1 });
		for (let n = 0; n < 100_000; n++) queue.tryAcquire(`host-${n}`)?.release();
		expect(queue).toMatchObject({ active: 0, hosts: 0 });
	});

	it('is forgotten when the rate counts nothing of them any more', async () => {
		const queue = new SlotQueue({ total: 10, perHost: 1, rate: { maxCalls: 2, periodMs: 20 } });
		for (let n = 0; n < 100_000; n++) {
			const slot = queue.tryAcquire(`host-${n}`);
			if (slot === undefined) throw new Error(`Host ${n} has no slot.`);
			if (n % 2 === 0) slot.sent(performance.now());
			slot.release();
		}
		expect(queue.hosts).toBeGreaterThan(0);
		await until(() => queue.hosts === 0);
	});

	it('is forgotten when those that waited have given up', async () => {
		const queue = new SlotQueue({ total: 1, perHost: 1 });
		const slot = queue.tryAcquire('busy');
		const controller = new AbortController();
		const { signal } = controller;
		const waits = Array.from({ length: 1_000 }, (_, n) => rejection(queue.acquire(`host-${n}`, { signal })));
		expect(queue.hosts).toBe(1_001);
		controller.abort();
		await Promise.all(waits);
		expect(queue.hosts).toBe(1);
		slot?.release();
		expect(queue.hosts).toBe(0);
	});
});
