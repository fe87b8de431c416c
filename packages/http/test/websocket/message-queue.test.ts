import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageQueue } from '../../src/websocket/message-queue.ts';
import { rejection } from '../support/until.ts';

function makeQueue(highWaterMarkBytes: number, highWaterMarkMessages: number) {
	const flow: string[] = [];
	const queue = new MessageQueue<number>(
		{ highWaterMarkBytes, highWaterMarkMessages },
		{ pause: () => flow.push('pause'), resume: () => flow.push('resume') },
	);
	return { queue, flow };
}

describe('flow', () => {
	it('stops at the high-water mark of bytes and goes on at half of it', async () => {
		const { queue, flow } = makeQueue(100, 1_000);
		queue.push(1, 99);
		expect(flow).toEqual([]);
		queue.push(2, 1);
		queue.push(3, 51);
		queue.push(4, 1); // What was already under way.
		expect(flow).toEqual(['pause']);
		expect(queue.full).toBe(true);
		await queue.next();
		await queue.next();
		expect(flow).toEqual(['pause']);
		await queue.next();
		expect(flow).toEqual(['pause', 'resume']);
		expect(queue).toMatchObject({ full: false, length: 1 });
	});

	it('counts messages too, for those without bytes', async () => {
		const { queue, flow } = makeQueue(100, 4);
		for (let i = 0; i < 4; i++) queue.push(i, 0);
		expect(flow).toEqual(['pause']);
		await queue.next();
		expect(flow).toEqual(['pause']);
		await queue.next();
		expect(flow).toEqual(['pause', 'resume']);
	});

	it('stops for one message over the mark, and goes on when it is read', async () => {
		const { queue, flow } = makeQueue(10, 10);
		queue.push(1, 1_000);
		await queue.next();
		expect(flow).toEqual(['pause', 'resume']);
	});

	it('does not stop for a reader that waits', async () => {
		const { queue, flow } = makeQueue(1, 1);
		const first = queue.next();
		const second = queue.next();
		queue.push(1, 5);
		queue.push(2, 5);
		expect([await first, await second]).toEqual([
			{ done: false, value: 1 },
			{ done: false, value: 2 },
		]);
		expect(flow).toEqual([]);
	});
});

describe('the end', () => {
	it('comes after what is queued, and stays', async () => {
		const { queue } = makeQueue(10, 10);
		queue.push(1, 1);
		queue.end();
		queue.push(2, 1);
		queue.end(new Error('too late'));
		expect(await queue.next()).toEqual({ done: false, value: 1 });
		expect(await queue.next()).toEqual({ done: true, value: undefined });
		expect(await queue.next()).toEqual({ done: true, value: undefined });
	});

	it('with an error comes after what is queued, every time', async () => {
		const { queue } = makeQueue(10, 10);
		const error = new Error('broken');
		queue.push(1, 1);
		queue.end(error);
		expect(await queue.next()).toEqual({ done: false, value: 1 });
		expect(await rejection(queue.next())).toBe(error);
		expect(await rejection(queue.next())).toBe(error);
	});

	it('wakes everybody who waits', async () => {
		const { queue } = makeQueue(10, 10);
		const waiting = [queue.next(), queue.next()];
		queue.end();
		expect(await Promise.all(waiting)).toEqual([
			{ done: true, value: undefined },
			{ done: true, value: undefined },
		]);
		const broken = makeQueue(10, 10).queue;
		const failed = rejection(broken.next());
		broken.end(new Error('broken'));
		expect(String(await failed)).toBe('Error: broken');
	});

	it('drops what is queued when it is abandoned', async () => {
		const { queue } = makeQueue(1, 1);
		queue.push(1, 5);
		queue.abandon();
		expect(queue).toMatchObject({ full: false, length: 0 });
		expect(await queue.next()).toEqual({ done: true, value: undefined });
	});
});

it('is first in, first out, whatever the order of pushes and reads', async () => {
	const steps = fc.array(fc.oneof(fc.constant('push' as const), fc.constant('read' as const)), { maxLength: 200 });
	await fc.assert(
		fc.asyncProperty(steps, async (order) => {
			const { queue } = makeQueue(3, 3);
			const reads: ReturnType<typeof queue.next>[] = [];
			let pushed = 0;
			for (const step of order) {
				if (step === 'push') queue.push(pushed++, 1);
				else reads.push(queue.next());
			}
			queue.end();
			const values = (await Promise.all(reads)).filter((result) => result.done !== true).map(({ value }) => value);
			const expected = Array.from({ length: Math.min(pushed, reads.length) }, (_, index) => index);
			expect(values).toEqual(expected);
			expect(queue.length).toBe(pushed - values.length);
		}),
	);
});
