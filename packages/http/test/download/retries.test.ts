import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/download/download.ts';
import { HttpClient } from '../../src/index.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection } from '../support/until.ts';
import { bytesOf, startHarness } from './support/harness.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const SIZE = 400_000;

describe('a connection that breaks', () => {
	it.each([
		['is cut', { cutAfter: 30_000 }],
		['falls silent', { stallAfter: 150_000 }],
	])('again and again (%s), costs no byte twice, and never too many tries', async (_name, fault) => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, ...fault } });
		const result = await harness.get('a.bin', { retry: { limit: 1 }, timeouts: { readMs: 200 } });
		expect(result).toMatchObject({ bytes: SIZE, restarts: 0 });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
		expect(harness.server.bytesServed('a.bin')).toBe(SIZE);
		expect(harness.ranges('a.bin').length).toBeGreaterThan(2);
	});

	it.each(['weak', 'none'] as const)(
		'begins from the first byte without a strong validator (%s)',
		async (validator) => {
			await using harness = await startHarness({
				'a.bin': { size: SIZE, seed: 1, validator, cutAfter: 100_000, cutTimes: 2 },
			});
			expect(await harness.get('a.bin')).toMatchObject({ bytes: SIZE, restarts: 2 });
			expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
			expect(harness.ranges('a.bin')).toEqual([undefined, undefined, undefined]);
		},
	);

	it('without a strong validator is not made good for ever, however much arrives each time', async () => {
		await using harness = await startHarness({
			'a.bin': { size: SIZE, seed: 1, validator: 'none', cutAfter: 100_000 },
		});
		const error = await rejection(harness.get('a.bin', { retry: { limit: 3 } }));
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECTION_LOST' });
		expect(harness.ranges('a.bin')).toHaveLength(4);
		expect(await harness.names()).toEqual([]);
	});

	it('of which nothing comes any more, ends the tries and keeps what there is', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, cutAfter: 0, cutTimes: 99 } });
		harness.server.setFaults('a.bin', { cutAfter: 100_000, cutTimes: 1 });
		const once = harness.get('a.bin', { retry: { limit: 0 } });
		expect(await rejection(once)).toMatchObject({ code: 'ORB_HTTP_CONNECTION_LOST' });
		harness.server.setFaults('a.bin', { cutAfter: 0 });
		expect(await rejection(harness.get('a.bin', { retry: { limit: 2 } }))).toMatchObject({
			name: 'ConnectionLostError',
		});
		expect(harness.ranges('a.bin')).toHaveLength(4);
		harness.server.setFaults('a.bin', {});
		expect(await harness.get('a.bin')).toMatchObject({ resumedFrom: 100_000 });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
	});

	it('refused is tried again', async () => {
		await using gone = await startRawServer(() => undefined);
		const { origin } = gone;
		await gone[Symbol.asyncDispose]();
		await using client = new HttpClient();
		const folder = temporaryFolder();
		const error = await rejection(download(client, origin, join(folder, 'x'), { retry: { limit: 2, baseMs: 1 } }));
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'refused' });
	});
});

describe('an answer that may pass', () => {
	it.each([408, 429, 500, 503])('%i is asked again', async (code) => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, status: { code, times: 3 } } });
		expect(await harness.get('a.bin')).toMatchObject({ bytes: SIZE, restarts: 0 });
		expect(harness.ranges('a.bin')).toHaveLength(4);
	});

	it('is waited for as long as the server asks', async () => {
		await using harness = await startHarness({
			'a.bin': { size: SIZE, seed: 1, status: { code: 503, times: 1, retryAfter: 1 } },
		});
		await harness.get('a.bin');
		expect(harness.server.log.minGapMs()).toBeGreaterThan(950);
	});

	it('but not when it asks for too much', async () => {
		await using harness = await startHarness({
			'a.bin': { size: SIZE, seed: 1, status: { code: 503, retryAfter: 3_600 } },
		});
		expect(await rejection(harness.get('a.bin'))).toMatchObject({ reason: 'status', status: 503 });
		expect(harness.ranges('a.bin')).toHaveLength(1);
	});

	it('nor for ever', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, status: { code: 503 } } });
		const error = await rejection(harness.get('a.bin', { retry: { limit: 2 } }));
		expect(error).toMatchObject({ code: 'ORB_HTTP_DOWNLOAD', reason: 'status', status: 503, name: 'DownloadError' });
		expect(harness.ranges('a.bin')).toHaveLength(3);
		expect(await harness.names()).toEqual([]);
	});

	it('in the middle of a file does not lose what is there', async () => {
		let requests = 0;
		const body = bytesOf(1, 1_000);
		await using server = await startRawServer((socket, head) => {
			requests += 1;
			const common = 'ETag: "1"\r\n';
			if (requests === 1) {
				socket.write(`HTTP/1.1 200 OK\r\n${common}Content-Length: 1000\r\n\r\n`);
				socket.end(body.subarray(0, 400));
			} else if (requests < 4) socket.write(response('busy', '', '503 Service Unavailable'));
			else {
				expect(head).toMatch(/range: bytes=400-999/);
				socket.write(
					response(body.subarray(400), `${common}Content-Range: bytes 400-999/1000\r\n`, '206 Partial Content'),
				);
			}
		});
		await using client = new HttpClient();
		const path = join(temporaryFolder(), 'x');
		const result = await download(client, server.origin, path, { retry: { baseMs: 1 } });
		expect(result).toMatchObject({ bytes: 1_000, restarts: 0 });
	});
});

it.each([400, 401, 403, 404, 410, 501])('%i is not asked again', async (code) => {
	await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, status: { code } } });
	expect(await rejection(harness.get('a.bin'))).toMatchObject({ reason: 'status', status: code });
	expect(harness.ranges('a.bin')).toHaveLength(1);
});

it('the time for all of it includes the tries', async () => {
	await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, stallAfter: 100_000 } });
	const error = await rejection(harness.get('a.bin', { timeouts: { totalMs: 300 } }));
	expect(error).toMatchObject({ code: 'ORB_HTTP_TIMEOUT', phase: 'total', limitMs: 300 });
	expect(await harness.names()).toEqual(['a.bin.part', 'a.bin.part.json']);
});
