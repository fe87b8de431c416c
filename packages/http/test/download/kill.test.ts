import { randomInt } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFileServer } from '@orbweaver/testkit';
import { expect, it } from 'vitest';
import { parseState } from '../../src/download/disk/download-state.ts';
import { download } from '../../src/download/download.ts';
import { HttpClient } from '../../src/index.ts';
import { rejection } from '../support/until.ts';
import { startDownload } from './support/download-child.ts';
import { bytesOf, progressUntil, startHarness } from './support/harness.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const SIZE = 40_000_000;
const KILLS = 20;
const CONTENT = bytesOf(1, SIZE);

/** Numbers from 0 to 1 that depend on `seed` only (xorshift32). */
function randomNumbers(seed: number): () => number {
	let state = seed | 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}

/** Whatever the state says is there, is there. */
async function expectHonestState(file: string): Promise<void> {
	const text = await readFile(`${file}.part.json`, 'utf8').catch(() => undefined);
	if (text === undefined) return;
	const state = parseState(text);
	const part = await readFile(`${file}.part`);
	expect(state?.held.length).toBeGreaterThan(0);
	for (const { start, end } of state?.held ?? []) {
		expect(part.subarray(start, end).equals(CONTENT.subarray(start, end))).toBe(true);
	}
}

it.each([1, 4])(
	'a download (%i segments) that is killed twenty times is the file, and is not sent much more than once',
	async (segments) => {
		const seed = Number(process.env.ORB_SEED ?? randomInt(1, 2 ** 31));
		console.log(`seed ${seed}, ${segments} segments`);
		const random = randomNumbers(seed);
		// Slow enough that no run comes to its end before it is killed.
		const bytesPerSecond = 1_000_000 / segments;
		await using server = await startFileServer({ files: { 'a.bin': { size: SIZE, seed: 1, bytesPerSecond } } });
		const folder = temporaryFolder();
		const file = join(folder, 'a.bin');
		const request = { url: `${server.url}/a.bin`, file, options: { segments, minSegmentBytes: 100_000 } };

		for (let kill = 0; kill < KILLS; kill++) {
			const child = startDownload(request);
			await child.started;
			await sleep(random() * 1_200);
			await child.kill();
			expect(await child.outcome).toBeUndefined();
			expect(await readdir(folder)).not.toContain('a.bin');
			await expectHonestState(file);
		}
		// However slow the machine, one has come as far as its first checkpoint.
		const last = startDownload(request);
		while (!(await readdir(folder)).includes('a.bin.part.json')) await sleep(5);
		await last.kill();
		await expectHonestState(file);
		server.setFaults('a.bin', {});
		const child = startDownload(request);
		const outcome = await child.outcome;
		expect(outcome).toMatchObject({ bytes: SIZE, restarts: 0 });
		expect((await readFile(file)).equals(CONTENT)).toBe(true);
		expect(await readdir(folder)).toEqual(['a.bin']);
		// What a kill costs is the time since the last checkpoint, and what was in the buffers of the connections.
		expect(outcome?.resumedFrom).toBeGreaterThan(0);
		expect(server.bytesServed('a.bin')).toBeLessThan(SIZE + KILLS * 4_000_000);
	},
	300_000,
);

it('a process that is killed among the last steps of its downloads leaves each file whole, or to be had', async () => {
	const size = 200_000;
	const seed = Number(process.env.ORB_SEED ?? randomInt(1, 2 ** 31));
	console.log(`seed ${seed}`);
	const random = randomNumbers(seed);
	const expected = bytesOf(1, size);
	await using server = await startFileServer({ files: { 'a.bin': { size, seed: 1, validator: 'last-modified' } } });
	await using client = new HttpClient();
	const url = `${server.url}/a.bin`;
	for (let kill = 0; kill < 5; kill++) {
		const folder = temporaryFolder();
		const child = startDownload({ url, file: join(folder, 'a.bin'), options: {}, copies: 1_000 });
		await child.started;
		await sleep(random() * 500);
		await child.kill();
		const files = (await readdir(folder)).map((name) => name.replace(/\.part.*$/, ''));
		for (const file of new Set(files)) {
			const path = join(folder, file);
			const there = await readFile(path).catch(() => undefined);
			if (there !== undefined) expect(there.equals(expected)).toBe(true);
			expect(await download(client, url, path)).toMatchObject({ bytes: size });
			expect((await readFile(path)).equals(expected)).toBe(true);
		}
		expect((await readdir(folder)).filter((name) => name.includes('part'))).toEqual([]);
	}
}, 120_000);

it('a kill while a new version is taken does not leave the old state with the new bytes', async () => {
	const size = 400_000;
	const files = { 'a.bin': { size, seed: 1, stallAfter: 200_000 } };
	await using harness = await startHarness(files);
	const controller = new AbortController();
	const { onProgress, reached } = progressUntil(200_000);
	const failure = rejection(harness.get('a.bin', { signal: controller.signal, onProgress }));
	await reached;
	controller.abort();
	await failure;
	expect(await harness.names()).toEqual(['a.bin.part', 'a.bin.part.json']);

	// Of this version no state can be kept.
	harness.server.setFile('a.bin', { size, seed: 2, validator: 'none', stallAfter: 300_000 });
	const file = join(harness.folder, 'a.bin');
	const child = startDownload({ url: `${harness.server.url}/a.bin`, file, options: { timeouts: { readMs: 1_000 } } });
	const beginning = bytesOf(2, 1_000);
	while (!(await readFile(`${file}.part`)).subarray(0, 1_000).equals(beginning)) await sleep(5);
	await child.kill();

	harness.server.setFile('a.bin', { size, seed: 1 });
	await harness.get('a.bin');
	expect((await harness.read('a.bin')).equals(bytesOf(1, size))).toBe(true);
});
