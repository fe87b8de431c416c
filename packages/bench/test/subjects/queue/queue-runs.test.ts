import { expect, test } from 'vitest';
import { queueRuns } from '../../../src/subjects/queue/queue-runs.ts';

test('each contestant runs with each size once, the smallest first', () => {
	expect(queueRuns(['ours', 'crawlee'], [50_000, 10_000, 50_000]).runs).toEqual([
		{ contestant: 'ours', urls: 10_000 },
		{ contestant: 'ours', urls: 50_000 },
		{ contestant: 'crawlee', urls: 10_000 },
		{ contestant: 'crawlee', urls: 50_000 },
	]);
});

test('a queue in memory stays away where it would not fit', () => {
	const { runs, absences } = queueRuns(['ours', 'crawlee'], [1_000_000]);
	expect(runs).toEqual([{ contestant: 'ours', urls: 1_000_000 }]);
	expect(absences).toMatchObject([expect.stringMatching(/^crawlee did not take part with 1000000 URLs/)]);
});
