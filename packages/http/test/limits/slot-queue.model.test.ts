import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Slot } from '../../src/limits/slot.ts';
import { type SlotLimits, SlotQueue } from '../../src/limits/slot-queue.ts';
import { SlotTimeout } from '../../src/limits/slot-timeout.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

/** One request in the model: the plainest queue that could be, which looks at everybody each time. */
interface Asked {
	readonly name: number;
	readonly host: string;
	readonly endsAt: number;
	state: 'waits' | 'active' | 'over';
	sentAt: number[];
}

class Model {
	readonly #limits: SlotLimits;
	readonly asked: Asked[] = [];
	/** What happened since it was last asked. */
	events: string[] = [];

	constructor(limits: SlotLimits) {
		this.#limits = limits;
	}

	inState(state: Asked['state']): Asked[] {
		return this.asked.filter((one) => one.state === state);
	}

	mayGo({ host }: Asked, now: number): boolean {
		const { total, perHost, rate } = this.#limits;
		const active = this.inState('active');
		const ofHost = active.filter((one) => one.host === host);
		if (active.length >= total || ofHost.length >= perHost) return false;
		if (rate === undefined) return true;
		const reserved = ofHost.filter((one) => one.sentAt.length === 0).length;
		const times = this.asked.filter((one) => one.host === host).flatMap((one) => one.sentAt);
		return times.filter((time) => time + rate.periodMs > now).length + reserved < rate.maxCalls;
	}

	settle(now: number): void {
		for (let next = this.#next(now); next !== undefined; next = this.#next(now)) {
			next.state = 'active';
			this.events.push(`${next.name} goes`);
		}
		for (const one of this.inState('waits')) {
			if (one.endsAt > now) continue;
			one.state = 'over';
			this.events.push(`${one.name} times out`);
		}
	}

	#next(now: number): Asked | undefined {
		return this.asked.find((one) => one.state === 'waits' && this.mayGo(one, now));
	}
}

const limits = fc.record({
	total: fc.constantFrom(1, 2, 3, 5, Number.POSITIVE_INFINITY),
	perHost: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
	rate: fc.option(fc.record({ maxCalls: fc.integer({ min: 1, max: 3 }), periodMs: fc.integer({ min: 1, max: 30 }) }), {
		nil: undefined,
	}),
});

const step = fc.oneof(
	{ weight: 5, arbitrary: fc.record({ act: fc.constant('ask'), host: fc.constantFrom('a', 'b', 'c', 'd') }) },
	{ weight: 1, arbitrary: fc.record({ act: fc.constant('ask in a hurry'), host: fc.constantFrom('a', 'b', 'c') }) },
	{ weight: 3, arbitrary: fc.record({ act: fc.constantFrom('send', 'release', 'abort'), pick: fc.nat() }) },
	{ weight: 2, arbitrary: fc.record({ act: fc.constant('wait'), forMs: fc.integer({ min: 1, max: 20 }) }) },
);

it('does in any case what the plainest queue would do', async () => {
	await fc.assert(
		fc.asyncProperty(limits, fc.array(step, { maxLength: 80 }), async (given, steps) => {
			const queue = new SlotQueue(given);
			const model = new Model(given);
			const slots = new Map<number, Slot>();
			const aborts: AbortController[] = [];
			let events: string[] = [];
			const begin = performance.now();
			const now = (): number => performance.now() - begin;

			const ask = (host: string, timeoutMs: number): void => {
				const name = model.asked.length;
				const controller = new AbortController();
				aborts.push(controller);
				model.asked.push({ name, host, endsAt: now() + timeoutMs, state: 'waits', sentAt: [] });
				queue.acquire(host, { signal: controller.signal, timeoutMs }).then(
					(slot) => {
						slots.set(name, slot);
						events.push(`${name} goes`);
					},
					(error) => events.push(`${name} ${error instanceof SlotTimeout ? 'times out' : String(error)}`),
				);
			};
			const compare = async (): Promise<void> => {
				model.settle(now());
				await vi.advanceTimersByTimeAsync(0);
				expect(events.toSorted()).toEqual(model.events.toSorted());
				// Among those that go the order is part of the promise.
				const goes = (event: string): boolean => event.endsWith('goes');
				expect(events.filter(goes)).toEqual(model.events.filter(goes));
				events = [];
				model.events = [];
				expect(queue).toMatchObject({
					active: model.inState('active').length,
					waiting: model.inState('waits').length,
				});
			};

			for (const one of steps) {
				if (one.act === 'ask') ask(one.host, Number.POSITIVE_INFINITY);
				else if (one.act === 'ask in a hurry') ask(one.host, 10);
				else if (one.act === 'wait') {
					for (let ms = 0; ms < one.forMs; ms++) {
						await vi.advanceTimersByTimeAsync(1);
						await compare();
					}
				} else {
					const among = model.inState(one.act === 'abort' ? 'waits' : 'active');
					const picked = among[one.pick % Math.max(1, among.length)];
					if (picked === undefined) continue;
					if (one.act === 'send') {
						slots.get(picked.name)?.sent(performance.now());
						picked.sentAt.push(now());
					} else {
						picked.state = 'over';
						if (one.act === 'release') slots.get(picked.name)?.release();
						else {
							aborts[picked.name]?.abort('aborted');
							model.events.push(`${picked.name} aborted`);
						}
					}
				}
				await compare();
			}

			for (const controller of aborts) controller.abort('aborted');
			for (const slot of slots.values()) slot.release();
			await vi.advanceTimersByTimeAsync(100);
			expect(queue).toMatchObject({ active: 0, waiting: 0, hosts: 0 });
			expect(vi.getTimerCount()).toBe(0);
		}),
		{ numRuns: 300 },
	);
});
