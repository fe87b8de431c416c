import { expect, test } from 'vitest';
import { busyRemark, describeMachine, installedVersions, machineLine } from '../../src/measure/machine.ts';

test('a machine is told with its Node', () => {
	const machine = describeMachine();
	expect(machine.node).toBe(process.version);
	expect(machineLine({ ...machine, cpu: 'Z80', cores: 1, memoryBytes: 64e9, system: 'CP/M' })).toBe(
		`Z80, 1 core, 64 GB, CP/M, Node ${process.version}`,
	);
});

test('a busy machine is remarked on from half a core per core', () => {
	expect(busyRemark([0.9, 8, 8], 2)).toBeUndefined();
	expect(busyRemark([1, 0, 0], 2)).toMatch(/busy before the start \(load 1\.0 on 2 cores\)/);
});

test('versions are those installed', () => {
	expect(installedVersions(['undici'])).toEqual({ undici: expect.stringMatching(/^\d+\.\d+\.\d+/) });
	expect(() => installedVersions(['no-such-package'])).toThrow('no-such-package');
});
