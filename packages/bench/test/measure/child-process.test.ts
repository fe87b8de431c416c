import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { runChild } from '../../src/measure/child-process.ts';

const script = new URL('fixtures/child.ts', import.meta.url);

test('the job goes in, the answer and the cost of the process come out', async () => {
	const directory = realpathSync(tmpdir());
	const measured = await runChild<unknown>({
		script,
		name: 'one',
		job: { text: 'ä "quoted"' },
		nodeArguments: ['--no-warnings'],
		directory,
	});
	expect(measured.answer).toEqual({ name: 'one', text: 'ä "quoted"', directory, flags: ['--no-warnings'] });
	expect(measured.cpuSeconds).toBeGreaterThan(0);
	expect(measured.maxRssBytes).toBeGreaterThan(10e6);
	expect(measured.processSeconds).toBeGreaterThan(0);
});

test('a child that breaks is quoted', async () => {
	const broken = runChild({ script, name: 'broken', job: {} });
	await expect(broken).rejects.toThrow(/^broken ended with exit code 1: .*no disk/s);
});
