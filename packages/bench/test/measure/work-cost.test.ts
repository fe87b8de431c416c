import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { peakRssBytes } from '../../src/measure/peak-memory.ts';
import { withCost } from '../../src/measure/work-cost.ts';

test('waiting takes time, computing takes CPU time; memory is that before the work', async () => {
	const before = peakRssBytes();
	const waited = await withCost(async () => {
		await sleep(50);
		return { answers: 3 };
	});
	expect(waited.answers).toBe(3);
	expect(waited.seconds).toBeGreaterThan(0.04);
	expect(waited.importedRssBytes).toBeGreaterThanOrEqual(before);

	const computed = await withCost(async () => {
		const { user } = process.cpuUsage();
		while (process.cpuUsage().user - user < 60_000);
		return {};
	});
	expect(computed.workCpuSeconds).toBeGreaterThanOrEqual(0.06);
});

test('what the work throws is thrown', async () => {
	const work = withCost(() => Promise.reject(new Error('no disk')));
	await expect(work).rejects.toThrow('no disk');
});
