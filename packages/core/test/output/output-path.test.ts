import { execFileSync } from 'node:child_process';
import { link, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SqliteStore } from '../../src/index.ts';
import { outputPath } from '../../src/output/output-path.ts';
import { tempFolder } from '../crawler/crawl.ts';

describe('the key of an output file', () => {
	test('is its way from the folder of the storage', async () => {
		const folder = await tempFolder();
		const storage = join(folder, 'crawls/a.sqlite');
		expect((await outputPath(join(folder, 'crawls/items.jsonl'), storage)).key).toBe('items.jsonl');
		expect((await outputPath(join(folder, 'out/x/items.jsonl'), storage)).key).toBe('../out/x/items.jsonl');
		expect(await readdir(join(folder, 'out'))).toEqual(['x']);
	});

	test('is the same through a link', async () => {
		const folder = await tempFolder();
		const storage = join(folder, 'a.sqlite');
		await mkdir(join(folder, 'real'));
		await writeFile(join(folder, 'real/items.jsonl'), '');
		await symlink(join(folder, 'real'), join(folder, 'linked'));
		await symlink(join(folder, 'real/items.jsonl'), join(folder, 'rows'));
		for (const name of ['real/items.jsonl', 'linked/items.jsonl', 'rows']) {
			expect((await outputPath(join(folder, name), storage)).key).toBe('real/items.jsonl');
		}
		expect((await outputPath(join(folder, 'linked/new.jsonl'), storage)).key).toBe('real/new.jsonl');
	});

	test('is its full path for a storage in memory', async () => {
		const folder = await tempFolder();
		const { path, key } = await outputPath(join(folder, 'items.jsonl'), ':memory:');
		expect(key).toBe(path);
		expect(path).toMatch(/items\.jsonl$/);
	});
});

describe('what cannot be an output file', () => {
	test.each(['', '-wal', '-shm', '-journal', '-lock'])('the storage itself, with %j', async (suffix) => {
		const storage = join(await tempFolder(), 'a.sqlite');
		await using _store = SqliteStore.open(storage);
		const refused = outputPath(storage + suffix, storage);
		await expect(refused).rejects.toMatchObject({
			code: 'ORB_OUTPUT_FOREIGN',
			message: `output "${storage}${suffix}" is a file of the storage itself; choose another name, nothing in it was changed.`,
		});
	});

	test('a hard link to the storage', async () => {
		const folder = await tempFolder();
		const storage = join(folder, 'a.sqlite');
		await using _store = SqliteStore.open(storage);
		await link(storage, join(folder, 'items.jsonl'));
		const refused = outputPath(join(folder, 'items.jsonl'), storage);
		await expect(refused).rejects.toMatchObject({ code: 'ORB_OUTPUT_FOREIGN' });
	});

	test.runIf(process.platform !== 'win32')('a device or a pipe', async () => {
		const folder = await tempFolder();
		const pipe = join(folder, 'pipe');
		execFileSync('mkfifo', [pipe]);
		for (const path of ['/dev/null', pipe]) {
			const message = expect.stringMatching(/^output ".*" is a pipe or device, .* export the storage to "-"/);
			await expect(outputPath(path, join(folder, 'a.sqlite'))).rejects.toMatchObject({
				code: 'ORB_OUTPUT_WRITE_FAILED',
				message,
			});
		}
	});

	test('a folder, and a path through a file', async () => {
		const folder = await tempFolder();
		await writeFile(join(folder, 'file'), '');
		const refused = { code: 'ORB_OUTPUT_WRITE_FAILED' };
		const storage = join(folder, 'a.sqlite');
		await expect(outputPath(folder, storage)).rejects.toMatchObject({
			...refused,
			message: `output "${folder}" is a folder; give the path of a file.`,
		});
		await expect(outputPath(join(folder, 'file/items.jsonl'), storage)).rejects.toMatchObject(refused);
	});
});
