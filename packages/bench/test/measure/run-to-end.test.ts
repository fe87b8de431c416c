import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test, vi } from 'vitest';
import { runToEnd } from '../../src/measure/run-to-end.ts';

const node = (script: string) => ({ program: process.execPath, arguments: ['-e', script] });

test('the output comes back, and the folder is the one asked for', async () => {
	const directory = realpathSync(tmpdir());
	const { output, processSeconds } = await runToEnd({ ...node('console.log(process.cwd())'), directory });
	expect(output).toBe(`${directory}\n`);
	expect(processSeconds).toBeGreaterThan(0);
});

test('a proxy of the environment is not asked for loopback', async () => {
	vi.stubEnv('no_proxy', 'example.com');
	const { output } = await runToEnd(node('console.log(process.env.no_proxy, process.env.NO_PROXY)'));
	vi.unstubAllEnvs();
	expect(output).toBe('127.0.0.1 127.0.0.1\n');
});

test.each([
	["console.error('no disk'); process.exit(3)", 'curl ended with exit code 3: no disk'],
	['process.exit(3)', 'curl ended with exit code 3: it said nothing'],
	["process.kill(process.pid, 'SIGKILL')", 'curl ended with signal SIGKILL: it said nothing'],
])('%s is told in its own words', async (script, message) => {
	await expect(runToEnd({ ...node(script), name: 'curl' })).rejects.toThrow(message);
});

test('a program that is not there is named', async () => {
	await expect(runToEnd({ program: 'no-such-program', arguments: [] })).rejects.toThrow('no-such-program');
});
