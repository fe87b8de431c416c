import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { runChild } from '../../src/measure/child-process.ts';
import type { WorkCost } from '../../src/measure/work-cost.ts';

const script = new URL('fixtures/python_contestant.py', import.meta.url);
const python = ['/usr/bin/python3', 'python3'].find((program) => spawnSync(program, ['-c', '']).status === 0);

test.skipIf(python === undefined)('a contestant on Python answers as one on Node does', async () => {
	const large = Buffer.alloc(250e6, 1);
	const { answer, cpuSeconds, maxRssBytes, processSeconds } = await runChild<{ got: object } & WorkCost>({
		script,
		name: 'one',
		job: { bytes: 60_000_000 },
		program: python,
	});
	expect(large.length).toBe(250e6);
	expect(answer.got).toEqual({ bytes: 60_000_000 });
	expect(answer.seconds).toBeGreaterThan(0);
	expect(answer.seconds).toBeLessThanOrEqual(processSeconds);
	expect(answer.workCpuSeconds).toBeLessThanOrEqual(cpuSeconds);
	// Neither the bench's own 250 MB nor less than the contestant took.
	expect(maxRssBytes - answer.importedRssBytes).toBeGreaterThan(50e6);
	expect(maxRssBytes).toBeLessThan(200e6);
});
