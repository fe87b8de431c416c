import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { realStoragePath } from '../../src/sqlite/storage-path.ts';
import { newRequests } from '../store/requests.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('the one name of a storage', () => {
	test('is that of the file behind all links, whether it exists or not', async () => {
		const folder = await temporaryFolder();
		await mkdir(join(folder, 'real'));
		await symlink('real', join(folder, 'linked'));
		const file = join(folder, 'real', 'crawl.sqlite');
		await symlink('real/crawl.sqlite', join(folder, 'first.sqlite'));
		await symlink('first.sqlite', join(folder, 'second.sqlite'));
		const names = ['real/crawl.sqlite', 'linked/crawl.sqlite', 'first.sqlite', 'second.sqlite'];
		for (const name of names) expect(realStoragePath(join(folder, name))).toBe(file);
		await writeFile(file, '');
		for (const name of names) expect(realStoragePath(join(folder, name))).toBe(file);
		expect(realStoragePath(join(folder, 'new/folder/crawl.sqlite'))).toBe(join(folder, 'new/folder/crawl.sqlite'));
	});

	test('ends where links go round', async () => {
		const folder = await temporaryFolder();
		await symlink('b', join(folder, 'a'));
		await symlink('a', join(folder, 'b'));
		expect(() => SqliteStore.open(join(folder, 'a'))).toThrow(expect.objectContaining({ name: 'StorageError' }));
	});

	test.each([
		['file:/tmp/crawl.sqlite', 'storage "file:/tmp/crawl.sqlite" is a URL; give the path of a file'],
		['', 'storage "" is empty; give the path of a file, or ":memory:".'],
		['storage/', 'storage "storage/" is the path of a folder; give the path of a file in it.'],
		['a\0b', 'storage "a\\u0000b" has a NUL character'],
	])('%j is refused', (path, message) => {
		expect(() => SqliteStore.open(path)).toThrow(
			expect.objectContaining({ code: 'ORB_STORAGE_UNREADABLE', message: expect.stringContaining(message) }),
		);
	});
});

test('a second store is kept out under another name of the file too', async () => {
	const folder = await temporaryFolder();
	const path = join(folder, 'crawl.sqlite');
	const link = join(folder, 'link.sqlite');
	await symlink(path, link);
	for (const [one, other] of [
		[path, link],
		[link, path],
	] as const) {
		await using store = SqliteStore.open(one);
		await store.add(newRequests(3));
		expect(() => SqliteStore.open(other)).toThrow(expect.objectContaining({ code: 'ORB_STORAGE_IN_USE' }));
	}
});
