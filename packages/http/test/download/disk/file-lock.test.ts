import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FileLock } from '../../../src/download/disk/file-lock.ts';
import { rejection } from '../../support/until.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { signal } = new AbortController();
const lost = (): never => {
	throw new Error('The lock was lost.');
};
const take = (path: string) => FileLock.take(path, signal, lost);
const isThere = (path: string) =>
	access(path).then(
		() => true,
		() => false,
	);

it('is held by one at a time, and gone afterwards', async () => {
	const path = join(temporaryFolder(), 'lock');
	const first = await take(path);
	expect(first).toBeDefined();
	expect(await take(path)).toBeUndefined();
	await first?.[Symbol.asyncDispose]();
	expect(await isThere(path)).toBe(false);
	await using again = await take(path);
	expect(again).toBeDefined();
});

it('is taken over from a process that was killed, by one of many', async () => {
	const path = join(temporaryFolder(), 'lock');
	const module = new URL('../../../src/download/disk/file-lock.ts', import.meta.url).href;
	const script = `const { FileLock } = await import(${JSON.stringify(module)});
		await FileLock.take(${JSON.stringify(path)}, new AbortController().signal, () => {});
		console.log('taken'); setInterval(() => {}, 1000);`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	await once(child.stdout, 'data');
	expect(await take(path)).toBeUndefined();
	child.kill('SIGKILL');
	await once(child, 'exit');
	expect(await isThere(path)).toBe(true);
	const locks = await Promise.all(Array.from({ length: 10 }, () => take(path)));
	const held = locks.filter((lock) => lock !== undefined);
	expect(held).toHaveLength(1);
	await held[0]?.[Symbol.asyncDispose]();
});

it('is taken over when whoever made it did not come to sign it', async () => {
	const path = join(temporaryFolder(), 'lock');
	await writeFile(path, '');
	await using lock = await take(path);
	expect(lock).toBeDefined();
});

it('is not taken from somebody elsewhere who touches it', async () => {
	const path = join(temporaryFolder(), 'lock');
	const text = JSON.stringify({ pid: 1, place: `${hostname()} of another kind`, token: 'theirs' });
	await writeFile(path, text);
	const touching = setInterval(() => void writeFile(path, text), 300);
	onTestFinished(() => clearInterval(touching));
	expect(await take(path)).toBeUndefined();
});

it('ends waiting with the signal', async () => {
	const path = join(temporaryFolder(), 'lock');
	await writeFile(path, JSON.stringify({ pid: 1, place: 'elsewhere', token: 'theirs' }));
	const reason = new Error('enough');
	const controller = new AbortController();
	const waiting = rejection(FileLock.take(path, controller.signal, lost));
	controller.abort(reason);
	expect(await waiting).toBe(reason);
	expect(await readFile(path, 'utf8')).toContain('theirs');
});

it('tells its holder when somebody has taken it over', async () => {
	const path = join(temporaryFolder(), 'lock');
	const theirs = JSON.stringify({ pid: 1, place: 'elsewhere', token: 'theirs' });
	let told = (): void => undefined;
	const wasTold = new Promise<void>((resolve) => {
		told = resolve;
	});
	const lock = await FileLock.take(path, signal, () => told());
	await writeFile(path, theirs);
	await wasTold;
	await lock?.[Symbol.asyncDispose]();
	expect(await readFile(path, 'utf8')).toBe(theirs);
});

it('fails where the file cannot be made', async () => {
	expect(await rejection(take(join(temporaryFolder(), 'no', 'lock')))).toMatchObject({ code: 'ENOENT' });
});
