import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Heap, type Ranked } from '../../src/limits/heap.ts';

it('gives the lowest rank first, whatever was pushed and removed in between', () => {
	const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constantFrom('first', 'any')), {
		maxLength: 200,
	});
	fc.assert(
		fc.property(steps, fc.infiniteStream(fc.nat()), (all, picks) => {
			const heap = new Heap<Ranked>();
			const inside: Ranked[] = [];
			for (const step of all) {
				if (typeof step === 'number') {
					const item = { rank: step, heapIndex: -1 };
					inside.push(item);
					heap.push(item);
				} else {
					const pick = Number(picks.next().value) % Math.max(1, inside.length);
					const item = step === 'first' ? heap.first : inside[pick];
					if (item === undefined) continue;
					inside.splice(inside.indexOf(item), 1);
					heap.remove(item);
					expect(item.heapIndex).toBe(-1);
				}
				const lowest = inside.length === 0 ? undefined : Math.min(...inside.map((item) => item.rank));
				expect(heap.first?.rank).toBe(lowest);
			}
			const drained: number[] = [];
			for (let item = heap.first; item !== undefined; item = heap.first) {
				drained.push(item.rank);
				heap.remove(item);
			}
			expect(drained).toEqual(inside.map((item) => item.rank).toSorted((a, b) => a - b));
		}),
	);
});

it('stays in order when many are taken from its middle', () => {
	const ranks = fc.array(fc.nat({ max: 10_000 }), { minLength: 100, maxLength: 300 });
	fc.assert(
		fc.property(ranks, fc.integer({ min: 2, max: 10 }), (all, nth) => {
			const heap = new Heap<Ranked>();
			const items = all.map((rank) => ({ rank, heapIndex: -1 }));
			for (const item of items) heap.push(item);
			for (let i = 0; i < items.length; i += nth) heap.remove(items[i] as Ranked);
			const drained: number[] = [];
			for (let item = heap.first; item !== undefined; item = heap.first) {
				drained.push(item.rank);
				heap.remove(item);
			}
			expect(drained).toEqual(all.filter((_, i) => i % nth !== 0).toSorted((a, b) => a - b));
		}),
	);
});
