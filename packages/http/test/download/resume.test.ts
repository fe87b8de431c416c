import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServedFile } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/download/download.ts';
import type { DownloadOptions } from '../../src/download/download-options.ts';
import { AbortedError } from '../../src/index.ts';
import { rejection } from '../support/until.ts';
import { bytesOf, type Harness, progressUntil, startHarness } from './support/harness.ts';

const SIZE = 400_000;
const HALF = 200_000;

/** Stops a download when its server has fallen silent in the middle, and heals the server. */
async function stopHalfway(harness: Harness, name: string, options: DownloadOptions = {}): Promise<void> {
	const controller = new AbortController();
	const { onProgress, reached } = progressUntil(HALF);
	const failure = rejection(harness.get(name, { ...options, signal: controller.signal, onProgress }));
	await reached;
	controller.abort(new Error('enough'));
	expect(await failure).toBeInstanceOf(AbortedError);
	harness.server.setFaults(name, {});
}

const startHalf = (file: Partial<ServedFile> = {}): Promise<Harness> =>
	startHarness({ 'a.bin': { size: SIZE, seed: 1, stallAfter: HALF, ...file } as ServedFile });

describe('a download that was stopped', () => {
	it.each(['strong', 'last-modified'] as const)('goes on from where it was (%s)', async (validator) => {
		await using harness = await startHalf({ validator });
		await stopHalfway(harness, 'a.bin');
		expect(await harness.names()).toEqual(['a.bin.part', 'a.bin.part.json']);
		const result = await harness.get('a.bin');
		expect(result).toMatchObject({ bytes: SIZE, resumedFrom: HALF, restarts: 0 });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
		expect(await harness.names()).toEqual(['a.bin']);
		const { headers } = harness.server.log.requests[1] ?? {};
		expect(headers).toMatchObject({ range: `bytes=${HALF}-${SIZE - 1}`, 'if-range': result.validator?.value });
	});

	it.each(['weak', 'none'] as const)(
		'begins again without a strong validator (%s), and leaves nothing',
		async (validator) => {
			await using harness = await startHalf({ validator });
			await stopHalfway(harness, 'a.bin');
			expect(await harness.names()).toEqual([]);
			expect(await harness.get('a.bin')).toMatchObject({ bytes: SIZE, resumedFrom: 0 });
			expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
			expect(harness.ranges('a.bin')).toEqual([undefined, undefined]);
		},
	);

	it('begins again when the length is not known', async () => {
		await using harness = await startHalf({ chunked: true });
		await stopHalfway(harness, 'a.bin');
		expect(await harness.names()).toEqual([]);
		expect(await harness.get('a.bin')).toMatchObject({ bytes: SIZE, resumedFrom: 0 });
	});

	it('goes on in another number of segments, and into a folder', async () => {
		await using harness = await startHalf();
		await stopHalfway(harness, 'a.bin');
		const result = await harness.get('a.bin', { segments: 4, minSegmentBytes: 10_000 });
		expect(result).toMatchObject({ resumedFrom: HALF, segments: 4 });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
	});

	it('checks the digest of the whole, whatever part of it came when', async () => {
		await using harness = await startHalf({ reprDigest: true });
		await stopHalfway(harness, 'a.bin');
		const { sha256, resumedFrom } = await harness.get('a.bin');
		expect(resumedFrom).toBe(HALF);
		expect(sha256).toMatch(/^[\da-f]{64}$/);
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
	});

	it('asks for nothing again when everything had arrived', async () => {
		await using harness = await startHalf();
		await stopHalfway(harness, 'a.bin');
		await fillState(harness);
		expect(await harness.get('a.bin')).toMatchObject({ bytes: SIZE, resumedFrom: SIZE, segments: 0 });
		expect(harness.server.log.requests.at(-1)).toMatchObject({ status: 304 });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
	});

	it('does not take what had arrived for the file when that has changed since', async () => {
		await using harness = await startHalf();
		await stopHalfway(harness, 'a.bin');
		await fillState(harness);
		harness.server.setFile('a.bin', { size: SIZE, seed: 2 });
		expect(await harness.get('a.bin')).toMatchObject({ resumedFrom: 0, restarts: 1 });
		expect((await harness.read('a.bin')).equals(bytesOf(2, SIZE))).toBe(true);
	});
});

/** Makes it so as if the last run had been killed when it had everything. */
async function fillState({ folder }: Harness): Promise<void> {
	const path = join(folder, 'a.bin.part.json');
	await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), held: [[0, SIZE]] }));
	await writeFile(join(folder, 'a.bin.part'), bytesOf(1, SIZE));
}

describe('what an earlier run has left', () => {
	const spoil: Record<string, (harness: Harness, state: string, part: string) => Promise<void>> = {
		'with a damaged state': async (_harness, state) => await truncate(state, 40),
		'with a state of another format': async (_harness, state) => {
			await writeFile(state, (await readFile(state, 'utf8')).replace('"version":1', '"version":99'));
		},
		'of another URL': async (_harness, state) => {
			await writeFile(state, (await readFile(state, 'utf8')).replace('/a.bin', '/b.bin'));
		},
		'shorter than its state says': async (_harness, _state, part) => await truncate(part, HALF - 1),
		'without its bytes': async (_harness, _state, part) => await truncate(part, 0),
	};

	it.each(Object.entries(spoil))('%s, is not used, and the result says so', async (_name, change) => {
		await using harness = await startHalf();
		await stopHalfway(harness, 'a.bin');
		await change(harness, join(harness.folder, 'a.bin.part.json'), join(harness.folder, 'a.bin.part'));
		expect(await harness.get('a.bin')).toMatchObject({ bytes: SIZE, resumedFrom: 0, restarts: 1 });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
		expect(harness.ranges('a.bin')).toEqual([undefined, undefined]);
	});

	it('without a state, is not used', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1 } });
		await writeFile(join(harness.folder, 'a.bin.part'), bytesOf(9, 2 * SIZE));
		await harness.get('a.bin');
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
	});

	it('longer than its state says, is used as far as that', async () => {
		await using harness = await startHalf();
		await stopHalfway(harness, 'a.bin');
		const part = join(harness.folder, 'a.bin.part');
		await writeFile(part, Buffer.concat([(await readFile(part)).subarray(0, HALF), bytesOf(9, SIZE)]));
		expect(await harness.get('a.bin')).toMatchObject({ resumedFrom: HALF });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
	});

	it('survives an answer that is an error', async () => {
		await using harness = await startHalf();
		await stopHalfway(harness, 'a.bin');
		harness.server.setFaults('a.bin', { status: { code: 404 } });
		expect(await rejection(harness.get('a.bin'))).toMatchObject({ reason: 'status', status: 404 });
		harness.server.setFaults('a.bin', {});
		expect(await harness.get('a.bin')).toMatchObject({ resumedFrom: HALF });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
	});

	it('is found by the name that the server gives', async () => {
		await using harness = await startHalf();
		await stopHalfway(harness, 'a.bin');
		const result = await download(harness.client, `${harness.server.url}/a.bin`, harness.folder);
		expect(result).toMatchObject({ path: join(harness.folder, 'a.bin'), resumedFrom: HALF, restarts: 0 });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
	});

	it('with no credentials in its state', async () => {
		await using harness = await startHalf();
		const controller = new AbortController();
		const { onProgress, reached } = progressUntil(HALF);
		const url = `${harness.server.url}/a.bin`.replace('//', '//user:secret@');
		const failure = rejection(
			download(harness.client, url, join(harness.folder, 'a.bin'), { onProgress, signal: controller.signal }),
		);
		await reached;
		controller.abort();
		await failure;
		expect(await readFile(join(harness.folder, 'a.bin.part.json'), 'utf8')).not.toContain('secret');
	});
});
