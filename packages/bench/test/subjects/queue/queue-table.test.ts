import { expect, test } from 'vitest';
import type { QueueAnswer, StepCost } from '../../../src/contestants/queue/contract.ts';
import type { QueueRun } from '../../../src/subjects/queue/queue-runs.ts';
import { type QueueSample, queueTables } from '../../../src/subjects/queue/queue-table.ts';

function sample(cpuMicros: number, answer: Partial<QueueAnswer>): QueueSample {
	const cost: StepCost = { count: 1_000, cpuSeconds: cpuMicros / 1_000, seconds: cpuMicros / 500 };
	const steps = { add: cost, links: cost, take: cost, finish: cost };
	return {
		answer: { fill: cost, steps, waiting: 10_000, importedRssBytes: 130e6, ...answer },
		cpuSeconds: 9,
		maxRssBytes: 200e6,
		processSeconds: 9,
	};
}

const runs: readonly QueueRun[] = [
	{ contestant: 'ours', urls: 10_000 },
	{ contestant: 'ours', urls: 1_000_000 },
	{ contestant: 'crawlee', urls: 10_000 },
];
const large = { waiting: 1_000_000, fileBytes: 160e6, openSeconds: 0.002, openAfterKillSeconds: 0.1, reclaimed: 1_000 };
const outcomes = [
	{ name: 'ours with 10000 URLs', samples: [sample(10, {}), sample(20, {})] },
	{ name: 'ours with 1000000 URLs', samples: [sample(11, large), sample(26, large)] },
	{ name: 'crawlee with 10000 URLs', samples: [sample(100, {}), sample(100, {})] },
];

test('costs are told a request, and their growth against the smallest queue of the same round', () => {
	const { table, ratios, faults } = queueTables(runs, outcomes);
	expect(table).toMatch(/^ours +1,000,000 +18\.5 \(37\).* 200 MB +70 MB +160 MB +2 +100$/m);
	expect(table).toMatch(/^crawlee +10,000 .* 200 MB +70 MB +– +– +–$/m);
	expect(table).toMatch(/^ours, 1,000,000( +1\.2 \(1\.1–1\.3\)){5}$/m);
	expect(table).toContain('add, take and finish together, goal ≤ 1.3: 1,000,000 reached');
	expect(ratios).toHaveLength(5);
	expect(faults).toEqual([]);
});

test('a queue that is not as full as it was, or gave nothing back after the kill, is at fault', () => {
	const broken = [
		{ name: 'a', samples: [sample(1, { waiting: 9_999 })] },
		{ name: 'b', samples: [sample(1, { ...large, reclaimed: 0 })] },
		{ name: 'c', samples: [], failure: 'no room' },
	];
	const { table, faults } = queueTables(runs, broken);
	expect(faults).toEqual([
		'a, round 1: 9999 wait at the end instead of 10000',
		'b, round 1: nothing waits again after the kill',
		'c failed: no room',
	]);
	expect(table).toMatch(/^crawlee +10,000( +–)+$/m);
});
