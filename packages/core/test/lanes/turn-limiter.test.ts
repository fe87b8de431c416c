import { describe, expect, onTestFinished, test } from 'vitest';
import type { ResolvedLimits } from '../../src/lanes/domain-limits.ts';
import { type Permit, TurnLimiter, turnShape } from '../../src/lanes/turn-limiter.ts';
import { pause, until } from './pause.ts';

const LIMITS: ResolvedLimits = { maxConcurrent: 8, minTime: 0, reservoir: undefined };

function reservoir(size: number, refreshInterval = 250): ResolvedLimits['reservoir'] {
	return { size, refreshAmount: size, refreshInterval };
}

function limiter(limits: Partial<ResolvedLimits>): {
	limiter: TurnLimiter;
	granted: Permit[];
	ask(count: number): number;
} {
	const created = new TurnLimiter({ ...LIMITS, ...limits });
	onTestFinished(() => created.stop());
	const granted: Permit[] = [];
	return { limiter: created, granted, ask: (count) => created.ask(count, (permits) => granted.push(...permits)) };
}

describe('the shape of a turn', () => {
	test.each<[string, Partial<ResolvedLimits>, number, { permits: number; uses: number }]>([
		['no spacing: one permit for many', {}, 100, { permits: 1, uses: 128 }],
		['less spacing than a job takes', { minTime: 2 }, 100, { permits: 1, uses: 128 }],
		['spacing', { minTime: 5 }, 100, { permits: 1, uses: 1 }],
		['a small reservoir', { reservoir: reservoir(50) }, 100, { permits: 1, uses: 1 }],
		['a large reservoir: many permits at once', { reservoir: reservoir(1_000) }, 100, { permits: 8, uses: 1 }],
		['a large reservoir, but spacing', { reservoir: reservoir(1_000), minTime: 5 }, 100, { permits: 1, uses: 1 }],
		['no more than wait', { reservoir: reservoir(1_000) }, 3, { permits: 3, uses: 1 }],
		[
			'no more than the refill',
			{ reservoir: { size: 900, refreshAmount: 60, refreshInterval: 250 }, maxConcurrent: 99 },
			99,
			{ permits: 32, uses: 1 },
		],
		['no end of concurrency', { reservoir: reservoir(1_000), maxConcurrent: 1 / 0 }, 99, { permits: 32, uses: 1 }],
	])('%s', (_, limits, waiting, shape) => {
		expect(turnShape({ ...LIMITS, ...limits }, waiting)).toEqual(shape);
	});
});

test('grants up to maxConcurrent, and the next when one ends', async () => {
	const { granted, ask } = limiter({ maxConcurrent: 3 });
	for (let n = 0; n < 5; n++) ask(1);
	await until(() => granted.length === 3);
	await pause(50);
	expect(granted).toHaveLength(3);
	granted[1]?.end();
	await until(() => granted.length === 4);
});

test('grants are minTime apart', async () => {
	const { limiter: paced } = limiter({ minTime: 40 });
	const at: number[] = [];
	for (let n = 0; n < 5; n++) paced.ask(1, () => at.push(performance.now()));
	await until(() => at.length === 5);
	for (let n = 1; n < 5; n++) expect((at[n] as number) - (at[n - 1] as number)).toBeGreaterThan(40 - 3);
});

test('a reservoir is never exceeded between two refills', async () => {
	const { granted, ask } = limiter({ maxConcurrent: 100, reservoir: reservoir(20) });
	for (let n = 0; n < 50; n++) ask(1);
	await until(() => granted.length === 20);
	await pause(100);
	expect(granted).toHaveLength(20);
	await until(() => granted.length > 20);
	await pause(100);
	expect(granted).toHaveLength(40);
});

test('a turn that waits is granted although the limits were lowered meanwhile', async () => {
	const { limiter: slowed, granted, ask } = limiter({ reservoir: reservoir(1_000) });
	expect(ask(8)).toBe(8);
	expect(ask(8)).toBe(8);
	await until(() => granted.length === 8);
	slowed.update({ ...LIMITS, maxConcurrent: 1, reservoir: reservoir(1_000) });
	expect(ask(8)).toBe(1);
	for (const permit of granted) permit.end();
	await until(() => granted.length === 16);
	for (const permit of granted.slice(8)) permit.end();
	await until(() => granted.length === 17);
});

test('a stopped limiter grants nothing more and does not mind being told', async () => {
	const { limiter: stopped, granted, ask } = limiter({ maxConcurrent: 1, minTime: 50 });
	for (let n = 0; n < 3; n++) ask(1);
	await until(() => granted.length === 1);
	stopped.stop();
	stopped.stop();
	stopped.update(LIMITS);
	ask(1);
	granted[0]?.end();
	await pause(120);
	expect(granted).toHaveLength(1);
});
