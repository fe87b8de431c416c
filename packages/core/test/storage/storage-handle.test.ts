import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { SqliteStore } from '../../src/index.ts';
import { StorageHandle } from '../../src/storage/storage-handle.ts';
import { tempStorage } from '../crawler/crawl.ts';

const row = [{ dataset: 'default', json: '{}' }];
const total = (handle: StorageHandle): Promise<number> =>
	handle.use(async (store) => (await store.readItems('default', { offset: 0, limit: 9 })).total);

describe('a file', () => {
	test('is open while it is used, and closed after, so that another process can have it', async () => {
		const path = await tempStorage();
		const handle = new StorageHandle(path);
		handle.acquire();
		expect(() => SqliteStore.open(path)).toThrow('is in use');
		await handle.use((store) => store.pushItems(row));
		expect(() => SqliteStore.open(path)).toThrow('is in use');
		await handle.release();

		const script = `import { SqliteStore } from ${JSON.stringify(new URL('../../src/index.ts', import.meta.url).href)};
			const store = SqliteStore.open(process.argv[1]); await store.close();`;
		const other = spawnSync(process.execPath, ['--input-type=module', '-e', script, path], { encoding: 'utf8' });
		expect(other.stderr).toBe('');
		expect(other.status).toBe(0);
		expect(await total(handle)).toBe(1);
	});

	test('is closed when the work on it fails', async () => {
		const path = await tempStorage();
		const handle = new StorageHandle(path);

		await expect(handle.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
		await SqliteStore.open(path).close();
	});

	test('that cannot be opened can be tried again', async () => {
		const path = await tempStorage();
		const store = SqliteStore.open(path);
		const handle = new StorageHandle(path);
		await expect(handle.use(async () => {})).rejects.toMatchObject({ code: 'ORB_STORAGE_IN_USE' });
		await store.close();

		await handle.use((opened) => opened.pushItems(row));
		expect(await total(handle)).toBe(1);
	});
});

test('a storage in memory is kept until it is disposed of', async () => {
	const handle = new StorageHandle(':memory:');
	await handle.use((store) => store.pushItems(row));
	expect(await total(handle)).toBe(1);

	await handle[Symbol.asyncDispose]();
	expect(await total(handle)).toBe(0);
	await handle[Symbol.asyncDispose]();
});

test('a store of the caller stays open', async () => {
	await using store = SqliteStore.open(':memory:');
	const handle = new StorageHandle(store);
	await handle.use((opened) => opened.pushItems(row));
	await handle[Symbol.asyncDispose]();

	expect((await store.readItems('default', { offset: 0, limit: 9 })).total).toBe(1);
});
