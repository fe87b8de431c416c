import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type FileServer, rangesOf, type ServedFile, startFileServer } from '@orbweaver/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { download } from '../../src/download/download.ts';
import type { DownloadOptions } from '../../src/download/download-options.ts';
import { bearerAuth, HttpClient } from '../../src/index.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection } from '../support/until.ts';
import { bytesOf, progressUntil, startHarness } from './support/harness.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const SIZE = 2_000_000;
const sha256Of = (seed: number): string => createHash('sha256').update(bytesOf(seed, SIZE)).digest('hex');

async function startMirror(file: ServedFile): Promise<FileServer & { readonly file: string }> {
	const server = await startFileServer({ files: { 'a.bin': file } });
	onTestFinished(() => server[Symbol.asyncDispose]());
	return { ...server, file: `${server.url}/a.bin` };
}

/** The retry options of tests that let a source fail. */
const retry = { baseMs: 1, limit: 1 };

describe('a mirror', () => {
	it.each([
		['is not there', { status: { code: 404 } }],
		['is out of order', { status: { code: 503 } }],
		['compresses the file', { encoding: 'gzip' }],
	] as const)('is asked when the first URL %s', async (_name, fault) => {
		const mirror = await startMirror({ size: SIZE, seed: 1 });
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, ...fault } });
		const result = await harness.get('a.bin', { mirrors: [mirror.file], retry });
		expect(result).toMatchObject({ bytes: SIZE, url: mirror.file });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
	});

	it('goes on where the first URL stopped when it has the same strong tag', async () => {
		const mirror = await startMirror({ size: SIZE, seed: 1 });
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, cutAfter: 500_000, cutTimes: 1 } });
		const { onProgress, reached } = progressUntil(400_000);
		harness.server.setFaults('a.bin', { stallAfter: 500_000 });
		const outcome = harness.get('a.bin', { mirrors: [mirror.file], retry, timeouts: { readMs: 300 }, onProgress });
		await reached;
		harness.server.setFaults('a.bin', { status: { code: 404 } });
		expect(await outcome).toMatchObject({ restarts: 0, url: mirror.file });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
		expect(rangesOf(mirror.log, 'a.bin')).toEqual([`bytes=500000-${SIZE - 1}`]);
		expect(mirror.log.requests[0]?.headers['if-range']).toMatch(/^"/);
	});

	it.each([
		['another tag', { size: SIZE, seed: 1, etag: 'theirs' }, 'strong'],
		['another file', { size: SIZE, seed: 2 }, 'strong'],
		['the same date, which is that of the copy', { size: SIZE, seed: 2, validator: 'last-modified' }, 'last-modified'],
	] as const)('begins from the first byte when it has %s', async (_name, file, validator) => {
		const mirror = await startMirror(file);
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, validator, stallAfter: 500_000 } });
		const { onProgress, reached } = progressUntil(400_000);
		const outcome = harness.get('a.bin', { mirrors: [mirror.file], retry, timeouts: { readMs: 300 }, onProgress });
		await reached;
		harness.server.setFaults('a.bin', { status: { code: 404 } });
		expect(await outcome).toMatchObject({ restarts: 1, url: mirror.file });
		expect((await harness.read('a.bin')).equals(bytesOf(file.seed, SIZE))).toBe(true);
	});

	it('is asked when the first one has a file of another digest', async () => {
		const mirror = await startMirror({ size: SIZE, seed: 1, etag: 'theirs' });
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 2 } });
		const result = await harness.get('a.bin', { mirrors: [mirror.file], sha256: sha256Of(1) });
		expect(result).toMatchObject({ restarts: 1, url: mirror.file, sha256: sha256Of(1) });
	});

	it('of another origin gets no header that may hold a secret', async () => {
		await using mirror = await startRawServer((socket) => socket.write(response('x')));
		await using harness = await startHarness({ 'a.bin': { content: 'x', status: { code: 404 } } });
		const headers = { Authorization: 'Bearer t', 'X-Api-Key': 'k', 'Accept-Language': 'de' };
		await harness.get('a.bin', { mirrors: [`${mirror.origin}/x`, `${harness.server.url}/b.bin`], headers });
		expect(harness.server.log.requests[0]?.headers).toMatchObject({ authorization: 'Bearer t', 'x-api-key': 'k' });
		expect(mirror.requests[0]).toMatch(/accept-language: de/i);
		expect(mirror.requests[0]).not.toMatch(/bearer|api-key/i);
	});

	it.each([false, true])('of another origin gets no secret of the client (baseUrl: %s)', async (hasBase) => {
		await using mirror = await startRawServer((socket) => socket.write(response('x')));
		await using server = await startRawServer((socket) => socket.write(response('', '', '404 Not Found')));
		await using client = new HttpClient({
			...(hasBase && { baseUrl: server.origin }),
			headers: { 'X-Api-Key': 'k', 'Accept-Language': 'de' },
			auth: bearerAuth(() => 'token'),
		});
		const withUser = mirror.origin.replace('//', '//ada:pw@');
		await client.download(server.origin, join(temporaryFolder(), 'a'), {
			mirrors: [`${server.origin}/b`, mirror.origin],
		});
		await client.download(server.origin, join(temporaryFolder(), 'a'), { mirrors: [withUser] });
		for (const head of server.requests) expect(head).toMatch(/x-api-key: k[\s\S]*bearer token/i);
		expect(server.requests).toHaveLength(3);
		expect(mirror.requests[0]).toMatch(/accept-language: de/i);
		for (const head of mirror.requests) expect(head).not.toMatch(/bearer|api-key/i);
		expect(mirror.requests[1]).toMatch(/authorization: Basic/i);
	});

	it("of the client's baseUrl gets its credentials", async () => {
		await using mirror = await startRawServer((socket) => socket.write(response('x')));
		await using server = await startRawServer((socket) => socket.write(response('', '', '404 Not Found')));
		await using client = new HttpClient({ baseUrl: mirror.origin, auth: bearerAuth(() => 'token') });
		await client.download(server.origin, join(temporaryFolder(), 'a'), { mirrors: ['b'] });
		expect(server.requests[0]).not.toMatch(/bearer/i);
		expect(mirror.requests[0]).toMatch(/bearer token/i);
	});
});

it('when every source fails, the error tells of each', async () => {
	const mirror = await startMirror({ content: '', status: { code: 410 } });
	await using harness = await startHarness({ 'a.bin': { content: '', status: { code: 404 } } });
	const error = await rejection(harness.get('a.bin', { mirrors: [mirror.file] }));
	expect(error).toMatchObject({ reason: 'sources', cause: { errors: [{ status: 404 }, { status: 410 }] } });
	expect(String(error)).toMatch(/answered 404[\s\S]*answered 410/);
});

describe('several sources at once', () => {
	const options: DownloadOptions = { segments: 4, minSegmentBytes: 100_000, retry, sha256: sha256Of(1) };
	const slow = { bytesPerSecond: SIZE } as const;

	it('share the parts when a digest is known', async () => {
		const mirror = await startMirror({ size: SIZE, seed: 1, validator: 'last-modified', ...slow });
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, ...slow } });
		const result = await harness.get('a.bin', { ...options, mirrors: [mirror.file] });
		expect(result).toMatchObject({ segments: 4, restarts: 0, sha256: sha256Of(1) });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
		expect(mirror.bytesServed('a.bin')).toBeGreaterThan(SIZE / 4);
		expect(harness.server.bytesServed('a.bin')).toBeGreaterThan(SIZE / 4);
	});

	it('do not without one', async () => {
		const mirror = await startMirror({ size: SIZE, seed: 2, ...slow });
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, ...slow } });
		const { sha256: _sha256, ...withoutDigest } = options;
		await harness.get('a.bin', { ...withoutDigest, mirrors: [mirror.file] });
		expect(mirror.log.requests).toHaveLength(0);
	});

	it('go on without the one that fails', async () => {
		const mirror = await startMirror({ size: SIZE, seed: 1, etag: 'theirs' });
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, stallAfter: 200_000 } });
		const { onProgress, reached } = progressUntil(200_000);
		const timeouts = { readMs: 300 };
		const outcome = harness.get('a.bin', { ...options, mirrors: [mirror.file], timeouts, onProgress });
		await reached;
		harness.server.setFaults('a.bin', { status: { code: 404 } });
		expect(await outcome).toMatchObject({ restarts: 0 });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
	});

	it.each([
		['of another size', { size: SIZE + 1, seed: 1 }],
		['without ranges', { size: SIZE, seed: 1, ranges: 'none' }],
		['that is not there', { size: SIZE, seed: 1, status: { code: 404 } }],
	] as const)('do without one %s', async (_name, file) => {
		const mirror = await startMirror(file);
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, ...slow } });
		expect(await harness.get('a.bin', { ...options, mirrors: [mirror.file] })).toMatchObject({ restarts: 0 });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
		expect(mirror.log.requests.length).toBeGreaterThan(0);
	});

	it('of which one has another file of the same size, begin again with one alone', async () => {
		const mirror = await startMirror({ size: SIZE, seed: 2, ...slow });
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, ...slow } });
		const result = await harness.get('a.bin', { ...options, mirrors: [mirror.file] });
		expect(result).toMatchObject({ restarts: 1, sha256: sha256Of(1) });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
	});

	it('are not gone on with later when no digest can tell any more', async () => {
		const mirror = await startMirror({ size: SIZE, seed: 2, etag: 'theirs', bytesPerSecond: SIZE / 4 });
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, bytesPerSecond: SIZE / 4 } });
		const controller = new AbortController();
		const { onProgress, reached } = progressUntil(SIZE / 2);
		const stopped = harness.get('a.bin', { ...options, mirrors: [mirror.file], onProgress, signal: controller.signal });
		const failure = rejection(stopped);
		await reached;
		controller.abort();
		await failure;
		harness.server.setFaults('a.bin', {});
		const result = await download(harness.client, `${harness.server.url}/a.bin`, join(harness.folder, 'a.bin'));
		expect(result).toMatchObject({ resumedFrom: 0, restarts: 1 });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
	});
});
