import { execFile, execFileSync } from 'node:child_process';
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ServedFile } from '../../src/index.ts';
import { generatedBytes, rangesOf, startFileServer } from '../../src/index.ts';

const curl = (...args: string[]): Promise<{ stdout: string }> => promisify(execFile)('curl', ['--silent', ...args]);

const reason = findReason();

describe.skipIf(reason !== undefined)(`curl agrees${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
	const abc: ServedFile = { content: 'abcdefghij' };

	test.each([
		['0-2', 'abc'],
		['7-', 'hij'],
		['-1', 'j'],
	])('curl -r %s prints %s', async (range, text) => {
		await using server = await startFileServer({ files: { a: abc } });
		expect((await curl('--range', range, `${server.url}/a`)).stdout).toBe(text);
	});

	test('curl -C - finishes what was cut', async () => {
		const file = { size: 300_000, seed: 8, cutAfter: 123_456, cutTimes: 1 };
		await using server = await startFileServer({ files: { 'a.bin': file } });
		await using dir = await mkdtempDisposable(join(tmpdir(), 'curl-'));
		const path = join(dir.path, 'a.bin');
		const resume = ['--continue-at', '-', '--output', path, `${server.url}/a.bin`];
		await expect(curl(...resume)).rejects.toMatchObject({ code: 18 }); // CURLE_PARTIAL_FILE
		await curl(...resume);
		expect((await readFile(path)).equals(generatedBytes(8, 0, 300_000))).toBe(true);
		expect(rangesOf(server.log, 'a.bin')).toEqual([undefined, 'bytes=123456-']);
		expect(server.bytesServed('a.bin')).toBe(300_000);
	});

	test('curl --etag-compare gets a file once per version', async () => {
		await using server = await startFileServer({ files: { a: abc } });
		await using dir = await mkdtempDisposable(join(tmpdir(), 'curl-'));
		const tag = join(dir.path, 'etag');
		await writeFile(tag, '');
		const get = ['--etag-compare', tag, '--etag-save', tag, '--write-out', '%{http_code}', `${server.url}/a`];
		expect((await curl(...get)).stdout).toBe('abcdefghij200');
		expect((await curl(...get)).stdout).toBe('304');
		server.setFile('a', { content: 'new' });
		expect((await curl(...get)).stdout).toBe('new200');
	});

	test('curl --time-cond goes by Last-Modified', async () => {
		await using server = await startFileServer({ files: { a: { ...abc, validator: 'last-modified' } } });
		const get = ['--time-cond', 'Wed, 01 Jan 2020 00:00:00 GMT', '--write-out', '%{http_code}', `${server.url}/a`];
		expect((await curl(...get)).stdout).toBe('304');
		server.setFile('a', { content: 'new', validator: 'last-modified' });
		expect((await curl(...get)).stdout).toBe('new200');
	});

	test('curl --compressed unpacks what is gzipped', async () => {
		await using server = await startFileServer({ files: { a: { ...abc, encoding: 'gzip' } } });
		expect((await curl('--compressed', `${server.url}/a`)).stdout).toBe('abcdefghij');
	});
});

/** Why these tests cannot run here. */
function findReason(): string | undefined {
	try {
		execFileSync('curl', ['--version'], { stdio: 'ignore' });
		return undefined;
	} catch {
		return 'curl is not installed';
	}
}
