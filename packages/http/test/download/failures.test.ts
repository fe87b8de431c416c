import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFileServer } from '@orbweaver/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { download } from '../../src/download/download.ts';
import { rejection } from '../support/until.ts';
import { startDownload } from './support/download-child.ts';
import { bytesOf, progressUntil, startHarness } from './support/harness.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const SIZE = 40_000_000;
const isRoot = process.getuid?.() === 0;

describe('a full disk', () => {
	const room = '12m';

	/** A file system of 12 MB of its own. */
	function smallDisk(): string {
		const folder = join(temporaryFolder(), 'disk');
		execFileSync('mkdir', [folder]);
		execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${room}`, 'tmpfs', folder]);
		onTestFinished(() => void execFileSync('umount', [folder]));
		return folder;
	}

	// Mounting is for root on Linux only.
	it.skipIf(!isRoot || process.platform !== 'linux').each([1, 4])(
		'is told of, and with more room the download goes on (%i segments)',
		async (segments) => {
			const folder = smallDisk();
			await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1 } });
			const url = `${harness.server.url}/a.bin`;
			const file = join(folder, 'a.bin');
			const options = { segments, minSegmentBytes: 100_000 };
			const error = await rejection(download(harness.client, url, file, options));
			expect(error).toMatchObject({ reason: 'disk-full', path: `${file}.part`, cause: { code: 'ENOSPC' } });
			expect((await readdir(folder)).sort()).toEqual(['a.bin.part', 'a.bin.part.json']);

			execFileSync('mount', ['-o', 'remount,size=100m', folder]);
			const result = await download(harness.client, url, file, options);
			expect(result.restarts).toBe(0);
			expect(result.resumedFrom).toBeGreaterThan(8_000_000);
			expect((await readFile(file)).equals(bytesOf(1, SIZE))).toBe(true);
		},
	);

	it('(a limit of the process) is told of, and without it the download goes on', async () => {
		await using server = await startFileServer({ files: { 'a.bin': { size: SIZE, seed: 1 } } });
		const folder = temporaryFolder();
		const file = join(folder, 'a.bin');
		const request = { url: `${server.url}/a.bin`, file, options: {} };
		const outcome = await startDownload(request, { fileBlocks: 10_000 }).outcome;
		expect(outcome).toMatchObject({ reason: 'file', path: `${file}.part`, error: expect.stringContaining('EFBIG') });
		const again = await startDownload(request).outcome;
		expect(again).toMatchObject({ bytes: SIZE, restarts: 0 });
		expect(again?.resumedFrom).toBeGreaterThan(5_000_000);
		expect((await readFile(file)).equals(bytesOf(1, SIZE))).toBe(true);
	});
});

describe('a place that cannot be written to', () => {
	it('has a file for a folder', async () => {
		await using harness = await startHarness({ 'a.bin': { content: 'x' } });
		await writeFile(join(harness.folder, 'file'), '');
		const url = `${harness.server.url}/a.bin`;
		const error = await rejection(download(harness.client, url, join(harness.folder, 'file', 'a.bin')));
		expect(error).toMatchObject({ reason: 'file', path: join(harness.folder, 'file'), cause: { code: 'EEXIST' } });
		const deeper = await rejection(download(harness.client, url, join(harness.folder, 'file', 'b', 'a.bin')));
		expect(deeper).toMatchObject({ code: 'ORB_HTTP_DOWNLOAD', reason: 'file', cause: { code: 'ENOTDIR' } });
	});

	it('has a folder for the part', async () => {
		await using harness = await startHarness({ 'a.bin': { content: 'x' } });
		await mkdir(join(harness.folder, 'a.bin.part'));
		expect(await rejection(harness.get('a.bin'))).toMatchObject({ reason: 'file', cause: { code: 'EISDIR' } });
	});

	// Root may write everywhere.
	it.skipIf(isRoot)('gives no permission', async () => {
		await using harness = await startHarness({ 'a.bin': { content: 'x' } });
		await chmod(harness.folder, 0o500);
		onTestFinished(() => chmod(harness.folder, 0o700));
		expect(await rejection(harness.get('a.bin'))).toMatchObject({ reason: 'file', cause: { code: 'EACCES' } });
	});

	it('has a name that is too long', async () => {
		await using harness = await startHarness({ 'a.bin': { content: 'x' } });
		const url = `${harness.server.url}/a.bin`;
		const error = await rejection(download(harness.client, url, join(harness.folder, 'x'.repeat(250))));
		expect(error).toMatchObject({ reason: 'file', cause: { code: 'ENAMETOOLONG' } });
	});
});

describe('two downloads to one file', () => {
	it('are one too many', async () => {
		await using harness = await startHarness({ 'a.bin': { size: 1_000_000, seed: 1, bytesPerSecond: 2_000_000 } });
		const { onProgress, reached } = progressUntil(1);
		const first = harness.get('a.bin', { onProgress });
		await reached;
		const error = await rejection(harness.get('a.bin'));
		expect(error).toMatchObject({ reason: 'busy', path: join(harness.folder, 'a.bin') });
		expect(await first).toMatchObject({ bytes: 1_000_000, restarts: 0 });
		expect(await harness.names()).toEqual(['a.bin']);
	});

	it('of two processes, too, until one is killed', async () => {
		await using harness = await startHarness({ 'a.bin': { size: 1_000_000, seed: 1, stallAfter: 500_000 } });
		const file = join(harness.folder, 'a.bin');
		const child = startDownload({ url: `${harness.server.url}/a.bin`, file, options: {} });
		while ((await stat(`${file}.part.lock`).catch(() => undefined)) === undefined) await child.started;
		expect(await rejection(harness.get('a.bin'))).toMatchObject({ reason: 'busy' });
		await child.kill();
		harness.server.setFaults('a.bin', {});
		expect(await harness.get('a.bin')).toMatchObject({ bytes: 1_000_000 });
	});

	it('of which the first loses its lock, end the first', async () => {
		await using harness = await startHarness({ 'a.bin': { size: 1_000_000, seed: 1, stallAfter: 500_000 } });
		const { onProgress, reached } = progressUntil(1);
		const failure = rejection(harness.get('a.bin', { onProgress }));
		await reached;
		await rm(join(harness.folder, 'a.bin.part.lock'));
		expect(await failure).toMatchObject({ reason: 'busy' });
	});
});
