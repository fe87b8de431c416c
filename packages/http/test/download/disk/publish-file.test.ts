import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { publishFile } from '../../../src/download/disk/publish-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function folderWith(files: Record<string, string>) {
	const folder = temporaryFolder();
	for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
	return { folder, part: join(folder, 'x.part'), file: join(folder, 'x') };
}

it.each([true, false])('gives the file its name (replace: %s)', async (replace) => {
	const { folder, part, file } = await folderWith({ 'x.part': 'new' });
	expect(await publishFile(part, file, replace, true)).toBe(true);
	expect(await readdir(folder)).toEqual(['x']);
	expect(await readFile(file, 'utf8')).toBe('new');
});

it('replaces a file when it may', async () => {
	const { folder, part, file } = await folderWith({ 'x.part': 'new', x: 'old' });
	expect(await publishFile(part, file, true, false)).toBe(true);
	expect(await readdir(folder)).toEqual(['x']);
	expect(await readFile(file, 'utf8')).toBe('new');
});

it('leaves everything alone when it may not', async () => {
	const { part, file } = await folderWith({ 'x.part': 'new', x: 'old' });
	expect(await publishFile(part, file, false, true)).toBe(false);
	expect(await readFile(file, 'utf8')).toBe('old');
	expect(await readFile(part, 'utf8')).toBe('new');
});
