import { describe, expect, test } from 'vitest';
import { canTimePrograms, runTimed, timeAccount } from '../../src/measure/timed-program.ts';

test('an account is user time, system time and kilobytes', () => {
	const { cpuSeconds, maxRssBytes } = timeAccount('0.30 0.12 11932\n');
	expect(cpuSeconds).toBeCloseTo(0.42);
	expect(maxRssBytes).toBe(11_932 * 1024);
});

test.each(['', 'Command exited with non-zero status 1\n0.30 0.12 11932\n', '0.3 0.1 many\n'])(
	'%j is no account',
	(account) => {
		expect(() => timeAccount(account)).toThrow('GNU time left another account');
	},
);

describe.runIf(canTimePrograms())('GNU time', () => {
	test('measures the program and not the one that measures', async () => {
		const large = Buffer.alloc(200e6, 1);
		const script = 'const { user } = process.cpuUsage(); while (process.cpuUsage().user - user < 50_000);';
		const timed = await runTimed({ program: process.execPath, arguments: ['-e', script] });
		expect(large.length).toBe(200e6);
		expect(timed.cpuSeconds).toBeGreaterThanOrEqual(0.05);
		expect(timed.processSeconds).toBeGreaterThan(0.05);
		expect(timed.maxRssBytes).toBeGreaterThan(10e6);
		expect(timed.maxRssBytes).toBeLessThan(180e6);
	});

	test('a program that fails is quoted by its name', async () => {
		const failed = runTimed({
			program: process.execPath,
			arguments: ['-e', "console.error('no disk'); process.exit(3)"],
			name: 'curl',
		});
		await expect(failed).rejects.toThrow(/^curl ended with exit code 3: no disk/);
	});
});
