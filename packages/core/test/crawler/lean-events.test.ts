import { expect, test } from 'vitest';
import { Configuration, SYSTEM_INFO } from '../../src/crawlee.ts';
import { LeanEvents, memoryBudgetMbytes } from '../../src/crawler/lean-events.ts';

test('tells the facts that the autoscaling needs, from the process itself, until it is closed', async () => {
	const events = new LeanEvents(new Configuration());
	const told: Record<string, unknown>[] = [];
	events.on(SYSTEM_INFO, (info) => told.push(info as Record<string, unknown>));
	await events.init();
	await events.init();
	await expect.poll(() => told.length, { timeout: 3_000 }).toBe(1);
	await events.close();

	expect(told[0]).toMatchObject({ createdAt: expect.any(Date), isCpuOverloaded: expect.any(Boolean) });
	expect(told[0]?.memCurrentBytes).toBeGreaterThan(10_000_000);
	expect(told[0]?.memTotalBytes).toBeGreaterThanOrEqual(told[0]?.memCurrentBytes as number);
	expect(events.isInitialized()).toBe(false);
	await events.close();
});

test('the memory that may be used is at most half of what there is', () => {
	expect(memoryBudgetMbytes()).toBeGreaterThan(0);
	expect(Number.isInteger(memoryBudgetMbytes())).toBe(true);
});
