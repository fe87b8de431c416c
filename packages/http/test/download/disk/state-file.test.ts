import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { DownloadState } from '../../../src/download/disk/download-state.ts';
import { StateFile } from '../../../src/download/disk/state-file.ts';
import { rejection } from '../../support/until.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const STATE: DownloadState = {
	url: 'https://host/file',
	file: {
		size: 1_000,
		validator: { kind: 'etag', value: '"1"' },
		ranges: 'accepted',
		encoded: false,
		digests: [],
		lastModified: undefined,
		contentType: undefined,
	},
	held: [{ start: 0, end: 10 }],
	mixed: false,
	finished: false,
	startedAt: '2030-01-01T00:00:00.000Z',
};

it.each([true, false])('is written, read and removed (durable: %s)', async (durable) => {
	const folder = temporaryFolder();
	const file = new StateFile(join(folder, 'state.json'), durable);
	expect(await file.read()).toBeUndefined();
	await file.remove();
	await file.write(STATE);
	await file.write({ ...STATE, held: [{ start: 0, end: 20 }] });
	expect(await file.read()).toEqual({ ...STATE, held: [{ start: 0, end: 20 }] });
	expect(await readdir(folder)).toEqual(['state.json']);
	expect((await stat(join(folder, 'state.json'))).mode & 0o077).toBe(0);
	await file.remove();
	expect(await readdir(folder)).toEqual([]);
});

it('leaves nothing half done behind when it cannot be written', async () => {
	const folder = temporaryFolder();
	await mkdir(join(folder, 'state.json'));
	const error = await rejection(new StateFile(join(folder, 'state.json'), true).write(STATE));
	expect(error).toMatchObject({ code: 'EISDIR' });
	expect(await readdir(folder)).toEqual(['state.json']);
});

it('says so when it is damaged', async () => {
	const path = join(temporaryFolder(), 'state.json');
	const file = new StateFile(path, true);
	await file.write(STATE);
	await writeFile(path, (await readFile(path)).subarray(0, 30));
	expect(await file.read()).toBe('damaged');
});

it('never shows half a state to whoever reads it', async () => {
	const file = new StateFile(join(temporaryFolder(), 'state.json'), false);
	await file.write(STATE);
	let writing = true;
	const writer = (async () => {
		for (let end = 11; end < 200; end++) await file.write({ ...STATE, held: [{ start: 0, end }] });
		writing = false;
	})();
	let last = 0;
	while (writing) {
		const state = await file.read();
		if (state === undefined || state === 'damaged') throw new Error(`It is ${String(state)}.`);
		const end = state.held[0]?.end ?? 0;
		expect(end).toBeGreaterThanOrEqual(last);
		last = end;
	}
	await writer;
});
