import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/download/download.ts';
import { BandwidthLimit, HttpClient } from '../../src/index.ts';
import { rejection } from '../support/until.ts';
import { bytesOf, startHarness } from './support/harness.ts';

const SIZE = 400_000;

describe('maxBytes', () => {
	it.each([
		['announced', {}],
		['not announced', { chunked: true }],
	])('ends a file that is longer (%s), and keeps nothing of it', async (_name, file) => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, ...file } });
		expect(await rejection(harness.get('a.bin', { maxBytes: SIZE - 1 }))).toMatchObject({ reason: 'too-large' });
		expect(await harness.names()).toEqual([]);
		expect(await harness.get('a.bin', { maxBytes: SIZE })).toMatchObject({ bytes: SIZE });
	});

	it('is not that of the client for pages', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1 } });
		await using client = new HttpClient({ maxBodyBytes: 1_000 });
		const path = join(harness.folder, 'a.bin');
		expect(await download(client, `${harness.server.url}/a.bin`, path)).toMatchObject({ bytes: SIZE });
	});
});

describe('maxBytesPerSecond', () => {
	it('is shared by the downloads that are given one BandwidthLimit', async () => {
		const file = { size: SIZE, seed: 1 };
		await using harness = await startHarness({ 'a.bin': file, 'b.bin': file });
		const maxBytesPerSecond = new BandwidthLimit(SIZE);
		const before = performance.now();
		await Promise.all(['a.bin', 'b.bin'].map((name) => harness.get(name, { maxBytesPerSecond })));
		// Twice the bytes in twice the time, but for the last piece of each.
		expect(performance.now() - before).toBeGreaterThan((1_000 * (2 * SIZE - 2 * 65_536)) / SIZE - 10);
	});

	it.each([1, 4])('is that of all connections together (%i)', async (segments) => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1 } });
		const maxBytesPerSecond = SIZE;
		const result = await harness.get('a.bin', { segments, minSegmentBytes: 50_000, maxBytesPerSecond });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
		expect(result.segments).toBe(segments);
		// The last piece of each connection passes at once, and a piece has up to 64 KiB.
		expect(result.durationMs).toBeGreaterThan((1_000 * (SIZE - segments * 65_536)) / maxBytesPerSecond - 10);
	});

	it('ends its wait with the signal', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1 } });
		const signal = AbortSignal.timeout(200);
		const error = await rejection(harness.get('a.bin', { maxBytesPerSecond: 1, signal }));
		expect(error).toMatchObject({ code: 'ORB_HTTP_ABORTED' });
	});
});
