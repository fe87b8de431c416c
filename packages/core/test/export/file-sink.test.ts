import { readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, readlink, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FileSink } from '../../src/export/file-sink.ts';
import { temporaryFolder } from '../sqlite/temporary-folder.ts';

test('the file is there when it is whole, and nothing beside it', async () => {
	const folder = await temporaryFolder();
	const path = join(folder, 'a.csv');
	const sink = await FileSink.open(path);
	expect(await sink.write('größe\n')).toBe(true);
	expect(await sink.write(Buffer.from('1\n'))).toBe(true);
	const [temporary, ...more] = await readdir(folder);
	expect(temporary).toMatch(/^a\.csv\.\w+\.tmp$/);
	expect(more).toEqual([]);
	await sink.finish();
	expect(await readdir(folder)).toEqual(['a.csv']);
	expect(await readFile(path, 'utf8')).toBe('größe\n1\n');
});

test('an earlier file stays until then, and what was given up leaves nothing', async () => {
	const folder = await temporaryFolder();
	const path = join(folder, 'a.csv');
	writeFileSync(path, 'before');
	const sink = await FileSink.open(path);
	await sink.write('after');
	expect(readFileSync(path, 'utf8')).toBe('before');
	await sink.abandon();
	expect(readFileSync(path, 'utf8')).toBe('before');
	expect(await readdir(folder)).toEqual(['a.csv']);
});

test('its folders are made', async () => {
	const folder = await temporaryFolder();
	const sink = await FileSink.open(join(folder, 'new', 'deep', 'a.csv'));
	await sink.finish();
	expect(await readdir(join(folder, 'new', 'deep'))).toEqual(['a.csv']);
});

test('a file that is replaced keeps its permissions, and a link leads where it led', async () => {
	const folder = await temporaryFolder();
	await mkdir(join(folder, 'real'));
	const path = join(folder, 'real', 'a.csv');
	writeFileSync(path, 'before');
	await chmod(path, 0o640);
	await symlink(path, join(folder, 'link.csv'));
	const sink = await FileSink.open(join(folder, 'link.csv'));
	await sink.write('after');
	await sink.finish();
	expect(await readlink(join(folder, 'link.csv'))).toBe(path);
	expect(readFileSync(path, 'utf8')).toBe('after');
	expect((await stat(path)).mode & 0o777).toBe(0o640);
	expect(await readdir(join(folder, 'real'))).toEqual(['a.csv']);
});

describe('what cannot be a file is refused', () => {
	test('a folder', async () => {
		const folder = await temporaryFolder();
		await expect(FileSink.open(folder)).rejects.toMatchObject({
			name: 'StorageError',
			code: 'ORB_OUTPUT_WRITE_FAILED',
			message: `"${folder}" cannot be written: it is a folder. The rows are in the storage; give the name of a file and export again.`,
		});
		expect(await readdir(folder)).toEqual([]);
	});

	test('a path through a file', async () => {
		const folder = await temporaryFolder();
		writeFileSync(join(folder, 'file'), '');
		await expect(FileSink.open(join(folder, 'file', 'a.csv'))).rejects.toMatchObject({
			code: 'ORB_OUTPUT_WRITE_FAILED',
		});
		expect(await readdir(folder)).toEqual(['file']);
	});

	test('a file that has become a folder meanwhile', async () => {
		const folder = await temporaryFolder();
		const path = join(folder, 'a.csv');
		const sink = await FileSink.open(path);
		await mkdir(path);
		await expect(sink.finish()).rejects.toMatchObject({ code: 'ORB_OUTPUT_WRITE_FAILED' });
		expect(await readdir(folder)).toEqual(['a.csv']);
	});
});
