import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { replaceFile } from '../../src/cookies/replace-file.ts';
import { rejection } from '../support/until.ts';

async function folder(): Promise<string> {
	const path = await mkdtemp(join(tmpdir(), 'replace-file-'));
	onTestFinished(() => rm(path, { recursive: true }));
	return path;
}

describe('replaceFile', () => {
	it('writes a file for its owner alone, also over one that all may read', async () => {
		const path = await folder();
		const file = join(path, 'a.json');
		await writeFile(file, 'old', { mode: 0o644 });
		await replaceFile(file, 'new');
		expect([await readFile(file, 'utf8'), (await stat(file)).mode & 0o777]).toEqual(['new', 0o600]);
		expect(await readdir(path)).toEqual(['a.json']);
	});

	it('leaves nothing behind when it cannot replace the file', async () => {
		const path = await folder();
		const file = join(path, 'occupied');
		await mkdir(join(file, 'inside'), { recursive: true });
		expect(await rejection(replaceFile(file, 'new'))).toHaveProperty('code');
		expect(await readdir(path)).toEqual(['occupied']);
		expect(await rejection(replaceFile(join(path, 'missing', 'a.json'), 'new'))).toMatchObject({ code: 'ENOENT' });
	});

	it('lets readers see one whole text or another while many write', async () => {
		const path = await folder();
		const file = join(path, 'a.json');
		const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(100_000));
		await replaceFile(file, texts[0] ?? '');
		const writing = Promise.all(texts.map((text) => replaceFile(file, text)));
		let done = false;
		const finished = writing.then(() => {
			done = true;
		});
		do expect(texts).toContain(await readFile(file, 'utf8'));
		while (!done);
		await finished;
		expect(await readdir(path)).toEqual(['a.json']);
	});
});
