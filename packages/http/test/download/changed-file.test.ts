import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { ServedFile, Validator } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/download/download.ts';
import type { DownloadOptions } from '../../src/download/download-options.ts';
import { HttpClient } from '../../src/index.ts';
import { startRawServer } from '../support/raw-server.ts';
import { rejection } from '../support/until.ts';
import { bytesOf, type Harness, progressUntil, startHarness } from './support/harness.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const SIZE = 800_000;
const OLD = bytesOf(1, SIZE);

const VALIDATORS: readonly Validator[] = ['strong', 'weak', 'last-modified', 'none'];
/** How the new file is served: properly, by a server that does not know If-Range, or shorter. */
const WAYS = [
	['properly', {}],
	['without If-Range', { ignoreIfRange: true }],
	['without ranges', { ranges: 'ignored' }],
	['shorter', { size: SIZE / 2 }],
	['shorter, without If-Range', { size: SIZE / 2, ignoreIfRange: true }],
	['longer, without If-Range', { size: 2 * SIZE, ignoreIfRange: true }],
] as const;

const CASES = VALIDATORS.flatMap((validator) =>
	[1, 4].flatMap((segments) => WAYS.map(([way, change]) => ({ validator, segments, way, change }))),
);

/** Downloads until the old file has fallen silent on all connections. */
async function reachSilence(harness: Harness, options: DownloadOptions, segments: number) {
	const bytes = segments === 1 ? 100_000 : 4 * 100_000;
	const { onProgress, reached } = progressUntil(bytes);
	const outcome = harness.get('a.bin', { ...options, onProgress });
	const failure = outcome.then(
		() => undefined,
		(error: unknown) => error,
	);
	await reached;
	return { outcome, failure };
}

describe.each(CASES)('a file that changes: $validator validator, $segments segments, new one served $way', (one) => {
	const { validator, segments, change } = one;
	const isResumable = validator === 'strong' || validator === 'last-modified';
	const old: ServedFile = { size: SIZE, seed: 1, validator, stallAfter: 100_000 };
	const replacement: ServedFile = { size: SIZE, seed: 2, validator, ...change };
	const expected = bytesOf(2, 'size' in change ? change.size : SIZE);
	const options = { segments, minSegmentBytes: 100_000 };

	it('between its pieces, is the new one from its first byte to its last', async () => {
		await using harness = await startHarness({ 'a.bin': old });
		const timeouts = { readMs: 300 };
		const { outcome } = await reachSilence(harness, { ...options, timeouts }, isResumable ? segments : 1);
		harness.server.setFile('a.bin', replacement);
		const result = await outcome;
		expect(result.restarts).toBeGreaterThan(0);
		expect((await harness.read('a.bin')).equals(expected)).toBe(true);
		expect(await harness.names()).toEqual(['a.bin']);
	});

	it('between two runs, too', async () => {
		await using harness = await startHarness({ 'a.bin': old });
		const controller = new AbortController();
		const { failure } = await reachSilence(
			harness,
			{ ...options, signal: controller.signal },
			isResumable ? segments : 1,
		);
		controller.abort();
		await failure;
		harness.server.setFile('a.bin', replacement);
		const result = await harness.get('a.bin', options);
		expect(result).toMatchObject({ resumedFrom: 0 });
		expect((await harness.read('a.bin')).equals(expected)).toBe(true);
	});
});

describe('a server that lies', () => {
	it('by giving another file the same tag, is found out by a digest, and nothing of it is kept', async () => {
		const etag = 'same';
		await using harness = await startHarness({
			'a.bin': { size: SIZE, seed: 1, etag, cutAfter: 100_000, cutTimes: 1 },
		});

		const sha256 = createHash('sha256').update(OLD).digest('hex');
		const controller = new AbortController();
		harness.server.setFaults('a.bin', { stallAfter: 100_000 });
		const { failure } = await reachSilence(harness, { signal: controller.signal }, 1);
		controller.abort();
		await failure;
		harness.server.setFile('a.bin', { size: SIZE, seed: 2, etag });
		const error = await rejection(harness.get('a.bin', { sha256 }));
		expect(error).toMatchObject({ reason: 'digest' });
		expect(await harness.names()).toEqual([]);
	});
});

/** Answers each request with the next version: its tag and all of its bytes are its number. */
function startFickleServer(send: (socket: Socket, head: string, body: Buffer) => void) {
	let version = 0;
	return startRawServer((socket) => {
		version += 1;
		const head = `HTTP/1.1 200 OK\r\nETag: "${version}"\r\nAccept-Ranges: bytes\r\nContent-Length: ${SIZE}\r\n\r\n`;
		send(socket, head, Buffer.alloc(SIZE, version));
	});
}

describe('a file that is another one each time', () => {
	const options: DownloadOptions = { segments: 4, minSegmentBytes: 1_000, retry: { baseMs: 1, limit: 3 } };

	it('is taken in one go at last', async () => {
		// The first bytes wait until somebody asks for other parts, or for the last time.
		await using server = await startFickleServer((socket, head, body) => {
			socket.write(head);
			socket.write(body.subarray(0, 1_000));
			setTimeout(() => socket.write(body.subarray(1_000)), 50);
		});
		await using client = new HttpClient();
		const path = join(temporaryFolder(), 'x');
		const result = await download(client, server.origin, path, options);
		expect(result.restarts).toBeGreaterThan(0);
		expect(result.restarts).toBeLessThanOrEqual(3);

		const bytes = await readFile(path);
		expect(bytes.equals(Buffer.alloc(SIZE, bytes[0]))).toBe(true);
		expect(server.requests.length).toBeLessThan(12);
	});

	it('and never comes whole, is an error', async () => {
		await using server = await startFickleServer((socket, head, body) => {
			socket.write(head);
			socket.end(body.subarray(0, SIZE / 2));
		});
		await using client = new HttpClient();
		const path = join(temporaryFolder(), 'x');
		const error = await rejection(download(client, server.origin, path, options));
		expect(error).toMatchObject({ reason: 'changed', cause: { code: 'ORB_HTTP_CONNECTION_LOST' } });

		expect(await readdir(join(path, '..'))).toEqual([]);
	});
});
