import { mkdir, rm } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { absence, attend, type Need } from '../../src/peers/attend.ts';
import { peerFolder } from '../../src/peers/peer.ts';

test('who needs nothing is there; who needs what there is not stays away, with the reason', async () => {
	const needs: Record<string, Need | undefined> = {
		ours: undefined,
		urllib: { kind: 'python', module: 'no_such_module' },
		axel: { kind: 'program', program: 'no-such-program' },
	};
	const attendance = await attend(['urllib', 'ours', 'axel'], (name) => needs[name]);
	expect(attendance).toEqual({
		names: ['ours'],
		programs: new Map(),
		versions: {},
		absences: [
			'urllib did not take part: no Python here can import no_such_module',
			'axel did not take part: no-such-program is not installed',
		],
	});
	expect(attendance.absences[1]).toBe(absence('axel', 'no-such-program is not installed'));
});

test('a peer that is installed is told with its version', async () => {
	const peer = { name: 'no-such-peer-either', version: '1.2.3' };
	await mkdir(peerFolder(peer), { recursive: true });
	onTestFinished(() => rm(peerFolder(peer), { recursive: true, force: true }));
	const { names, versions, programs } = await attend(['peer'], () => ({ kind: 'peer', peer }));
	expect(names).toEqual(['peer']);
	expect(versions).toEqual({ peer: 'no-such-peer-either 1.2.3' });
	expect(programs.size).toBe(0);
});
