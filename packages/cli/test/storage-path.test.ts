import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { storageFor, storagePath } from '../src/storage-path.ts';

test('is the one that was written last, its log included', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'orbweaver-cli-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	expect(() => storagePath(undefined, folder)).toThrow('There is no crawl in the folder');
	for (const [name, second] of [
		['old.sqlite', 1],
		['old.sqlite-wal', 9],
		['new.sqlite', 5],
		['other.csv', 20],
	] as const) {
		await writeFile(join(folder, name), '');
		await utimes(join(folder, name), second, second);
	}
	expect(storagePath(undefined, folder)).toBe(join(folder, 'old.sqlite'));
	expect(storagePath('mine.sqlite', folder)).toBe('mine.sqlite');
});

test('of an address is named after its host', () => {
	expect(storageFor('https://example.com/a')).toBe(join('storage', 'example.com.sqlite'));
	expect(storageFor('http://[::1]:8080/')).toBe(join('storage', '-1-8080.sqlite'));
});
