import { describe, expect, test } from 'vitest';
import { orderOfRounds, runRounds } from '../../src/measure/rounds.ts';

test('every other round goes the other way', () => {
	expect(orderOfRounds(['a', 'b', 'c'], 3).map((order) => order.join(''))).toEqual(['abc', 'cba', 'abc']);
});

describe('runRounds', () => {
	test('runs one at a time and does not count the warm-up', async () => {
		const calls: string[] = [];
		const outcomes = await runRounds({
			names: ['a', 'b'],
			rounds: 2,
			run: async (name) => calls.push(name),
		});
		expect(calls.join('')).toBe('ababba');
		expect(outcomes).toEqual([
			{ name: 'a', samples: [3, 6] },
			{ name: 'b', samples: [4, 5] },
		]);
	});

	test('says who is about to run, the warm-up as round 0', async () => {
		const seen: string[] = [];
		await runRounds({
			names: ['a'],
			rounds: 2,
			run: async () => 0,
			onRun: (name, round) => seen.push(`${name}${round}`),
		});
		expect(seen).toEqual(['a0', 'a1', 'a2']);
	});

	test('a contestant that fails is out, keeps what it measured and stops nobody else', async () => {
		let runs = 0;
		const outcomes = await runRounds({
			names: ['good', 'bad'],
			rounds: 3,
			run: async (name) => {
				if (name === 'good') return 1;
				runs += 1;
				if (runs === 3) throw new Error('out of memory');
				return 2;
			},
		});
		expect(outcomes).toEqual([
			{ name: 'good', samples: [1, 1, 1] },
			{ name: 'bad', samples: [2], failure: 'out of memory' },
		]);
		expect(runs).toBe(3);
	});
});
