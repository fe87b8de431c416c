import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { SqliteStore } from '@orbweaver/core';
import { describe, expect, it } from 'vitest';
import { type Ended, type Running, runScript, startCommand, startFile } from './fixtures/process.ts';
import { canMount, smallDisk } from './fixtures/small-disk.ts';
import { type TemporaryFolder, temporaryFolder } from './fixtures/temporary-folder.ts';

/** Fills a storage with so many rows. */
async function filled(folder: TemporaryFolder, count: number): Promise<string> {
	const storage = folder.file('shop.sqlite');
	await using store = SqliteStore.open(storage);
	for (let first = 0; first < count; first += 10_000) {
		const rows = Array.from({ length: Math.min(10_000, count - first) }, (_, index) => ({
			dataset: 'default',
			json: JSON.stringify({ id: first + index, name: `Product ${first + index}`, inStock: index % 2 === 0 }),
		}));
		await store.pushItems(rows);
	}
	return storage;
}

const runExport = (...args: string[]): Promise<Ended> => runScript('export', ...args);

/** What is in the folder beside the storage. */
function beside(folder: TemporaryFolder): string[] {
	return readdirSync(folder.path).filter((name) => name !== 'shop.sqlite');
}

describe('npm run export', () => {
	it('writes the rows to a file, and says so in one line', async () => {
		await using folder = await temporaryFolder();
		const storage = await filled(folder, 1_234);
		const file = folder.file('products.csv');
		expect(await runExport(storage, file)).toMatchObject({
			code: 0,
			stdout: '',
			stderr: `1,234 rows of dataset default → ${file} (CSV, 28 KB)\n`,
		});
		const lines = readFileSync(file, 'utf8').split('\r\n');
		expect(lines).toHaveLength(1_236);
		expect(lines.slice(0, 2)).toEqual(['id,name,inStock', '0,Product 0,true']);
		expect(beside(folder)).toEqual(['products.csv']);
	});

	it('writes to standard output nothing but the rows', async () => {
		await using folder = await temporaryFolder();
		const storage = await filled(folder, 2);
		const { code, stdout, stderr } = await runExport(storage, '-', '--format', 'jsonl');
		expect(code).toBe(0);
		expect(stdout).toBe('{"id":0,"name":"Product 0","inStock":true}\n{"id":1,"name":"Product 1","inStock":false}\n');
		expect(stderr).toBe('2 rows of dataset default → standard output (JSON lines, 87 bytes)\n');
	});

	it('ends quietly when its reader has had enough', async () => {
		await using folder = await temporaryFolder();
		const storage = await filled(folder, 100_000);
		const script = `set -o pipefail; npm run --silent export -- '${storage}' - --format jsonl | head -2`;
		await using command = startCommand('bash', '-c', script);
		const { code, stdout, stderr } = await command.ended;
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		expect(stdout.split('\n')).toHaveLength(3);
	});

	it('waits for a slow reader, and gives it all', async () => {
		await using folder = await temporaryFolder();
		const storage = await filled(folder, 50_000);
		const script = `npm run --silent export -- '${storage}' - --format csv | (sleep 3; wc -l)`;
		await using command = startCommand('bash', '-c', script);
		expect((await command.ended).stdout.trim()).toBe('50001');
	});

	it('takes what it is asked for', async () => {
		await using folder = await temporaryFolder();
		const storage = await filled(folder, 3);
		const none = await runExport(storage, folder.file('a.csv'), '--until', '2020-01-01', '--label', 'product');
		expect(none.stderr).toContain('0 rows of dataset default');
		expect(readFileSync(folder.file('a.csv'), 'utf8')).toBe('id,name,inStock\r\n');
		const rejected = await runExport(storage, folder.file('b.json'), '--rejected');
		expect(rejected.stderr).toContain('0 rejected rows of dataset default');
		expect(readFileSync(folder.file('b.json'), 'utf8')).toBe('[]\n');
	});

	it('shows how it is used', async () => {
		const { code, stdout } = await runExport('--help');
		expect(code).toBe(0);
		expect(stdout).toContain('npm run export -- <storage> <file>');
	});
});

describe('npm run export says in one sentence', () => {
	it.each([
		['nothing given', [], 2, 'Which storage, and where to?'],
		['no file given', ['shop.sqlite'], 2, 'Where to?'],
		['too much given', ['shop.sqlite', 'a.csv', 'b.csv'], 2, 'b.csv" is too much'],
		['an unknown format', ['shop.sqlite', 'a.xls'], 2, '.csv, .parquet, or give format'],
		[
			'an unknown dataset',
			['shop.sqlite', 'a.csv', '--dataset', 'products'],
			2,
			'no dataset "products"; it has "default"',
		],
		['an unknown option', ['shop.sqlite', 'a.csv', '--lable', 'x'], 2, 'There is no option --lable'],
		['a value that is missing', ['shop.sqlite', 'a.csv', '--since'], 2, '--since'],
		['a time that is none', ['shop.sqlite', 'a.csv', '--since', 'soon'], 2, 'since must be a date or time'],
		['a storage that is missing', ['nowhere.sqlite', 'a.csv'], 1, 'does not exist'],
		['a storage that is none', ['diary.txt', 'a.csv'], 1, 'is not an Orbweaver storage file'],
		['a folder as its file', ['shop.sqlite', '.', '--format', 'csv'], 1, 'it is a folder'],
		['the storage as its file', ['shop.sqlite', 'shop.sqlite', '--format', 'csv'], 2, 'is the storage itself'],
	])('%s', async (_, args, exitCode, sentence) => {
		await using folder = await temporaryFolder();
		await filled(folder, 3);
		await writeFile(folder.file('diary.txt'), 'Dear diary\n');
		const names = args.map((name) => (/\.\w+$|^\.$/.test(name) ? folder.file(name) : name));
		const { code, stdout, stderr } = await runExport(...names);
		expect(code, stderr).toBe(exitCode);
		expect(stdout).toBe('');
		expect(stderr).toContain(sentence);
		expect(stderr.trimEnd().split('\n'), stderr).toHaveLength(1);
		expect(beside(folder)).toEqual(['diary.txt']);
	});
});

describe('an export that does not end', () => {
	/** Begins to write, over a file that is there already. */
	async function begun(folder: TemporaryFolder): Promise<Running> {
		const storage = await filled(folder, 200_000);
		await writeFile(folder.file('rows.json'), 'before');
		const script = startFile('scripts/export.ts', [storage, folder.file('rows.json')]);
		while (!beside(folder).some((name) => name.endsWith('.tmp'))) await sleep(1);
		return script;
	}

	it('leaves nothing after Ctrl-C', async () => {
		await using folder = await temporaryFolder();
		await using script = await begun(folder);
		script.signal('SIGINT');
		expect(await script.ended).toMatchObject({ code: 130, stdout: '', stderr: 'Stopped; no file was written.\n' });
		expect(readFileSync(folder.file('rows.json'), 'utf8')).toBe('before');
		expect(beside(folder)).toEqual(['rows.json']);
	});

	it('leaves the file that was there when it is killed', async () => {
		await using folder = await temporaryFolder();
		await using script = await begun(folder);
		script.signal('SIGKILL');
		await script.ended;
		expect(readFileSync(folder.file('rows.json'), 'utf8')).toBe('before');
		// The storage is as good as before.
		expect((await runExport(folder.file('shop.sqlite'), folder.file('again.csv'))).stderr).toContain('200,000 rows');
	});

	it.runIf(canMount)('tells of a full disk, and leaves nothing on it', async () => {
		await using folder = await temporaryFolder();
		await using disk = smallDisk('1m');
		const storage = await filled(folder, 50_000);
		const { code, stderr } = await runExport(storage, disk.file('rows.csv'));
		expect(code).toBe(1);
		expect(stderr).toContain('rows.csv" cannot be written: ENOSPC');
		expect(stderr).toContain('make room on the disk and export again');
		expect(existsSync(disk.file('rows.csv'))).toBe(false);
		expect(readdirSync(disk.file('.'))).toEqual([]);
	});
});
