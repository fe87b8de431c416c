import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ArrivalBuffer, OrderedBuffer } from '../../src/batch/result-buffer.ts';

it('gives results out as they come', () => {
	const buffer = new ArrivalBuffer<string>();
	buffer.add(4, 'e');
	buffer.add(0, 'a');
	expect(buffer.size).toBe(2);
	expect([buffer.take(), buffer.take(), buffer.take()]).toEqual(['e', 'a', undefined]);
	buffer.add(1, 'b');
	buffer.clear();
	expect(buffer.take()).toBeUndefined();
});

it('gives results out in order, past those there are none of, and never waits without need', () => {
	const order = fc.nat({ max: 30 }).chain((count) =>
		fc.shuffledSubarray(
			Array.from({ length: count }, (_, i) => i),
			{ minLength: count },
		),
	);
	fc.assert(
		fc.property(order, fc.func(fc.boolean()), (arrivals, isSkipped) => {
			const buffer = new OrderedBuffer<number>();
			const arrived = new Set<number>();
			const taken: number[] = [];
			for (const index of arrivals) {
				arrived.add(index);
				if (isSkipped(index)) buffer.skip(index);
				else buffer.add(index, index);
				for (let result = buffer.take(); result !== undefined; result = buffer.take()) taken.push(result);
				let expected = 0;
				while (arrived.has(expected)) expected += 1;
				const due = Array.from({ length: expected }, (_, i) => i).filter((i) => !isSkipped(i));
				expect(taken).toEqual(due);
			}
			expect(buffer.size).toBe(0);
		}),
	);
});
