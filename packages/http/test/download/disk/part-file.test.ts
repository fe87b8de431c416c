import { link, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PartFile } from '../../../src/download/disk/part-file.ts';
import { rejection } from '../../support/until.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('is made, kept, and written to at any place', async () => {
	const path = join(temporaryFolder(), 'x.part');
	{
		await using part = await PartFile.open(path);
		expect(part.foundBytes).toBe(0);
		const writer = part.writer(3);
		await writer.push(Buffer.from('def'));
		await writer.flush();
	}
	await using part = await PartFile.open(path);
	expect(part.foundBytes).toBe(6);
	expect(await readFile(path, 'latin1')).toBe('\0\0\0def');
	await part.remove();
	expect(await rejection(stat(path))).toMatchObject({ code: 'ENOENT' });
});

it('is not the file that it has become already', async () => {
	const folder = temporaryFolder();
	const path = join(folder, 'x.part');
	await writeFile(path, 'whole');
	await link(path, join(folder, 'x'));
	await using part = await PartFile.open(path);
	expect(part.foundBytes).toBe(0);
	expect(await readFile(join(folder, 'x'), 'utf8')).toBe('whole');
});

it('is not what a link leads to', async () => {
	const folder = temporaryFolder();
	await writeFile(join(folder, 'theirs'), 'theirs');
	await symlink(join(folder, 'theirs'), join(folder, 'x.part'));
	expect(await rejection(PartFile.open(join(folder, 'x.part')))).toMatchObject({ code: 'ELOOP' });
});
