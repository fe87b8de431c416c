import { existsSync, statfsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { diskFolder } from '../src/disk-folder.ts';

test('the folder is not in memory, and gone afterwards', async () => {
	const folder = await diskFolder('disk-test', 1);
	expect(existsSync(folder.path)).toBe(true);
	expect(statfsSync(folder.path).type).not.toBe(0x01021994);
	await folder[Symbol.asyncDispose]();
	expect(existsSync(folder.path)).toBe(false);
});

test('too little room is told, with how much there is', async () => {
	await expect(diskFolder('disk-test', 1e18)).rejects.toThrow(
		/has room for \d+ bytes, 1000000000000000000 are needed: give a smaller --size/,
	);
});
