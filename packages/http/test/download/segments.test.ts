import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/download/download.ts';
import { HttpClient } from '../../src/index.ts';
import { startRawServer } from '../support/raw-server.ts';
import { rejection } from '../support/until.ts';
import { bytesOf, startHarness } from './support/harness.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const SIZE = 2_000_000;
const MANY = { segments: 4, minSegmentBytes: 100_000 };

describe('several connections', () => {
	it.each(['strong', 'last-modified'] as const)('bring a file in equal parts (%s validator)', async (validator) => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, validator, bytesPerSecond: SIZE } });
		const result = await harness.get('a.bin', MANY);
		expect(result).toMatchObject({ bytes: SIZE, segments: 4, restarts: 0 });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
		const parts = harness.ranges('a.bin').slice(0, 4);
		expect(parts).toEqual([undefined, 'bytes=500000-999999', 'bytes=1000000-1499999', 'bytes=1500000-1999999']);
		for (const { headers } of harness.server.log.requests.slice(1)) {
			expect(headers['if-range']).toBe(result.validator?.value);
		}
	});

	it('are as many as the file is worth', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, bytesPerSecond: SIZE } });
		expect((await harness.get('a.bin', { segments: 16, minSegmentBytes: SIZE })).segments).toBe(1);
		const result = await harness.get('a.bin', { segments: 16, minSegmentBytes: 600_000, overwrite: 'replace' });
		expect(result.segments).toBe(3);
	});

	it.each([
		['a weak validator', { validator: 'weak' }],
		['no validator', { validator: 'none' }],
		['no length', { chunked: true }],
		['no ranges', { ranges: 'none' }],
	] as const)('are one with %s', async (_name, file) => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, ...file } });
		expect(await harness.get('a.bin', MANY)).toMatchObject({ segments: 1, restarts: 0 });
		expect(harness.ranges('a.bin')).toEqual([undefined]);
	});

	it('go on by themselves, each from where it was cut', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, cutAfter: 90_000 } });
		expect(await harness.get('a.bin', { ...MANY, retry: { limit: 1 } })).toMatchObject({ restarts: 0 });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
		expect(harness.server.bytesServed('a.bin')).toBeLessThan(1.3 * SIZE);
	});

	it('take over the half of a slow one when they are done', async () => {
		const body = bytesOf(1, SIZE);
		await using server = await startRawServer((socket, head) => {
			const [, from, to] = /range: bytes=(\d+)-(\d+)/.exec(head) ?? [];
			const [start, end] = [Number(from ?? 0), Number(to ?? SIZE - 1) + 1];
			const range = from === undefined ? '' : `Content-Range: bytes ${start}-${end - 1}/${SIZE}\r\n`;
			const status = from === undefined ? '200 OK' : '206 Partial Content';
			socket.write(`HTTP/1.1 ${status}\r\nETag: "1"\r\nAccept-Ranges: bytes\r\n${range}`);
			socket.write(`Content-Length: ${end - start}\r\n\r\n`);
			// The second half comes in drops, except for those who take a part of it later.
			if (start !== SIZE / 2) return void socket.write(body.subarray(start, end));
			let at = start;
			const timer = setInterval(() => {
				socket.write(body.subarray(at, at + 1_000));
				at += 1_000;
			}, 10);
			socket.on('close', () => clearInterval(timer));
		});
		await using client = new HttpClient();
		const path = join(temporaryFolder(), 'x');
		const result = await download(client, server.origin, path, { segments: 2, minSegmentBytes: 50_000 });
		expect(result).toMatchObject({ segments: 2, restarts: 0 });
		expect((await readFile(path)).equals(body)).toBe(true);
		expect(server.requests.length).toBeGreaterThan(3);
	});
});

describe('ranges that do not work', () => {
	it.each(['ignored', 'wrong-start', 'wrong-total', 'multipart'] as const)(
		'(%s) are noticed, and the file comes in one go',
		async (ranges) => {
			await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, ranges, bytesPerSecond: 2 * SIZE } });
			const result = await harness.get('a.bin', MANY);
			expect(result.bytes).toBe(SIZE);
			expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
			expect(harness.ranges('a.bin').length).toBeLessThan(16);
		},
	);

	it.each(['ignored', 'wrong-start', 'wrong-total', 'multipart'] as const)(
		'(%s) are noticed on going on after a break',
		async (ranges) => {
			await using harness = await startHarness({
				'a.bin': { size: SIZE, seed: 1, ranges, cutAfter: 100_000, cutTimes: 1 },
			});
			expect(await harness.get('a.bin')).toMatchObject({ bytes: SIZE, restarts: expect.any(Number) });
			expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
		},
	);

	it('(a part that nobody asked for) are an error', async () => {
		await using server = await startRawServer((socket) => {
			socket.write('HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-4/10\r\nContent-Length: 5\r\n\r\nfirst');
		});
		await using client = new HttpClient();
		const error = await rejection(download(client, server.origin, join(temporaryFolder(), 'x')));
		expect(error).toMatchObject({ reason: 'range' });
	});

	it('(416 for what there is) are noticed', async () => {
		const body = bytesOf(1, SIZE);
		await using server = await startRawServer((socket, head) => {
			const common = 'ETag: "1"\r\nAccept-Ranges: bytes\r\n';
			if (head.includes('range: bytes')) {
				socket.write(`HTTP/1.1 416 No\r\n${common}Content-Range: bytes */${SIZE}\r\nContent-Length: 0\r\n\r\n`);
			} else {
				socket.write(`HTTP/1.1 200 OK\r\n${common}Content-Length: ${SIZE}\r\n\r\n`);
				socket.write(body);
			}
		});
		await using client = new HttpClient();
		const path = join(temporaryFolder(), 'x');
		await download(client, server.origin, path, MANY);
		expect((await readFile(path)).equals(body)).toBe(true);
	});
});

it('a body longer than announced is an error, and nothing is kept', async () => {
	const start = 'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: 1000\r\n\r\n';
	await using server = await startRawServer((socket, head) => {
		if (!head.includes('range: bytes')) socket.end(start + 'x'.repeat(400));
		else {
			socket.write('HTTP/1.1 206 Partial Content\r\nETag: "1"\r\nContent-Range: bytes 400-999/1000\r\n');
			socket.write(`Transfer-Encoding: chunked\r\n\r\n258\r\n${'y'.repeat(600)}\r\n1\r\nz\r\n0\r\n\r\n`);
		}
	});
	await using client = new HttpClient();
	const folder = temporaryFolder();
	const error = await rejection(download(client, server.origin, join(folder, 'x'), { retry: { baseMs: 1 } }));
	expect(error).toMatchObject({ reason: 'length' });

	expect(await readdir(folder)).toEqual([]);
});
