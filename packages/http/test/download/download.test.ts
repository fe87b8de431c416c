import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/download/download.ts';
import type { DownloadProgress } from '../../src/download/progress-meter.ts';
import { HttpClient, InvalidRequestError } from '../../src/index.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection } from '../support/until.ts';
import { bytesOf, startHarness } from './support/harness.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const SIZE = 300_000;

describe('a download', () => {
	it('brings the file, tells what it is, and leaves nothing else', async () => {
		await using harness = await startHarness({ 'a.txt': { size: SIZE, seed: 1 } });
		const result = await harness.get('a.txt');
		expect(result).toEqual({
			path: join(harness.folder, 'a.txt'),
			bytes: SIZE,
			url: `${harness.server.url}/a.txt`,
			skipped: false,
			sha256: undefined,
			resumedFrom: 0,
			restarts: 0,
			segments: 1,
			durationMs: expect.any(Number),
			validator: { kind: 'etag', value: expect.stringMatching(/^"\w+"$/) },
			contentType: expect.stringContaining('text/plain'),
		});
		expect((await harness.read('a.txt')).equals(bytesOf(1, SIZE))).toBe(true);
		expect(await harness.names()).toEqual(['a.txt']);
	});

	it('asks for the bytes as they are, once', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1 } });
		await harness.get('a.bin', { headers: { 'X-Mine': '1' } });
		const { requests } = harness.server.log;
		expect(requests).toHaveLength(1);
		expect(requests[0]?.headers).toMatchObject({ 'accept-encoding': 'identity', 'x-mine': '1' });
		expect(requests[0]?.headers.range).toBeUndefined();
	});

	it.each([
		['empty', { size: 0, seed: 1 }],
		['without a length', { size: SIZE, seed: 1, chunked: true }],
		['without a validator', { size: SIZE, seed: 1, validator: 'none' }],
		['without ranges', { size: SIZE, seed: 1, ranges: 'none' }],
	] as const)('brings a file that is %s', async (_name, file) => {
		await using harness = await startHarness({ 'a.bin': file });
		for (const segments of [1, 4]) {
			const result = await harness.get('a.bin', { segments, minSegmentBytes: 1_000, overwrite: 'replace' });
			expect(result).toMatchObject({ bytes: file.size, segments: 1, restarts: 0 });
			expect((await harness.read('a.bin')).equals(bytesOf(1, file.size))).toBe(true);
		}
	});

	it('brings a body that ends with its connection', async () => {
		await using server = await startRawServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nto the end'));
		await using client = new HttpClient();
		expect(await download(client, server.origin, join(temporaryFolder(), 'x'))).toMatchObject({ bytes: 10 });
	});

	it('gives the file the time that the server tells, or not', async () => {
		const lastModified = new Date(Date.UTC(2021, 5, 6, 7, 8, 9));
		await using harness = await startHarness({
			'a.bin': { size: 10, seed: 1, validator: 'last-modified', lastModified },
			'b.bin': { size: 10, seed: 1, validator: 'last-modified', lastModified },
		});
		await harness.get('a.bin');
		await harness.get('b.bin', { keepModifiedTime: false });
		expect((await stat(join(harness.folder, 'a.bin'))).mtime).toEqual(lastModified);
		expect((await stat(join(harness.folder, 'b.bin'))).mtime.getFullYear()).toBeGreaterThan(2022);
	});

	it('survives without fsync too', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1 } });
		await harness.get('a.bin', { fsync: false });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
	});

	it('tells how far it has come, last of all that it is there', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, bytesPerSecond: SIZE } });
		const told: DownloadProgress[] = [];
		await harness.get('a.bin', { onProgress: (progress) => told.push(progress) });
		for (const [index, { bytes }] of told.entries()) expect(bytes).toBeGreaterThanOrEqual(told[index - 1]?.bytes ?? 0);
		expect(told.length).toBeGreaterThan(2);
		expect(told.at(-1)).toMatchObject({ bytes: SIZE, total: SIZE, secondsLeft: 0, restarts: 0, resumedFrom: 0 });
		expect(told.some(({ segments, bytesPerSecond }) => segments === 1 && bytesPerSecond > 0)).toBe(true);
	});

	it('ends with what onProgress throws', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, stallAfter: 1_000 } });
		const mistake = new TypeError('a mistake');
		const failure = harness.get('a.bin', {
			onProgress: () => {
				throw mistake;
			},
		});
		expect(await rejection(failure)).toBe(mistake);
	});
});

describe('where the file goes', () => {
	const disposition = (value: string) => ({ content: 'x', contentDisposition: value });

	it.each([
		['a folder that exists', '', 'a.bin', { content: 'x' }],
		['a folder with a separator', '/', 'a.bin', { content: 'x' }],
		['a folder, and a name from the server', '/', 'named.bin', disposition('attachment; filename=named.bin')],
		['a folder, and a name that leads out of it', '/', 'evil.sh', disposition('attachment; filename="../../evil.sh"')],
		['a folder, and a name in UTF-8', '/', '€.txt', disposition("attachment; filename*=UTF-8''%e2%82%ac.txt")],
	])('%s', async (_name, end, name, file) => {
		await using harness = await startHarness({ 'a.bin': file });
		const result = await download(harness.client, `${harness.server.url}/a.bin`, harness.folder + end);
		expect(result.path).toBe(join(harness.folder, name));
		expect(await harness.names()).toEqual([name]);
		expect(harness.server.log.requests).toHaveLength(1);
	});

	it('is named after the URL that answered', async () => {
		await using server = await startRawServer((socket, head) => {
			if (head.startsWith('GET /latest')) socket.write(response('', 'Location: /v7/app-7.tar.gz?x=1\r\n', '302 Found'));
			else socket.write(response('x'));
		});
		await using client = new HttpClient();
		const folder = temporaryFolder();
		const result = await download(client, `${server.origin}/latest`, folder);
		expect(result).toMatchObject({ path: join(folder, 'app-7.tar.gz'), url: `${server.origin}/v7/app-7.tar.gz?x=1` });
	});

	it.each(['no/such/', 'no/such/a.bin'])('is made with its folders: %s', async (file) => {
		await using harness = await startHarness({ 'a.bin': { content: 'x' } });
		const result = await download(harness.client, `${harness.server.url}/a.bin`, `${harness.folder}/${file}`);
		expect(result.path).toBe(join(harness.folder, 'no/such/a.bin'));
	});

	it('is the current folder without one', async () => {
		await using harness = await startHarness({ 'a.bin': { content: 'x' } });
		const before = process.cwd();
		const inner = join(harness.folder, 'inner');
		await mkdir(inner);
		process.chdir(inner);
		try {
			const { path } = await download(harness.client, `${harness.server.url}/a.bin`);
			expect(path).toBe(join(inner, 'a.bin'));
		} finally {
			process.chdir(before);
		}
	});
});

describe('bad input', () => {
	const client = new HttpClient();
	const based = new HttpClient({ baseUrl: 'http://base/' });

	it.each([
		[{ segment: 4 }, 'did you mean "segments"'],
		[{ segments: 0 }, 'segments is 0'],
		[{ segments: 65 }, 'from 1 to 64'],
		[{ minSegmentBytes: 0.5 }, 'minSegmentBytes is 0.5'],
		[{ sha256: 'abc' }, 'sha256 is "abc"'],
		[{ digest: { algorithm: 'crc32', value: '0' } }, 'md5, sha1, sha256'],
		[{ digest: { algorithm: 'md5', val: '0' } }, 'did you mean "value"'],
		[{ maxBytesPerSecond: 0 }, 'maxBytesPerSecond is 0'],
		[{ onProgress: true }, 'onProgress is of type boolean'],
		[{ signal: {} }, 'give an AbortSignal'],
		[{ mirrors: 'http://b/' }, 'give a list of URLs'],
		[{ overwrite: true }, 'overwrite is "true"'],
		[{ headers: { Range: 'bytes=5-' } }, '"Range" is set by the download itself'],
		[{ timeouts: { totalMs: -1 } }, 'totalMs is -1'],
		[{ retry: { limit: -1 } }, 'retry.limit is -1'],
		[{ retry: { times: 1 } }, 'no option "times"'],
		[{ maxBytes: -1 }, 'maxBytes is -1'],
		[{ acceptEncoded: 'false' }, 'acceptEncoded is false: give true or false'],
		[{ keepModifiedTime: 0 }, 'keepModifiedTime is 0: give true or false'],
		[{ fsync: 'no' }, 'fsync is no: give true or false'],
		[{ headers: new Headers({ a: 'b' }) }, 'headers is an object of class Headers'],
		[null, 'download was given a value that is null: give an object of options'],
		[{ mirrors: [undefined] }, '"undefined", which is not an absolute URL'],
	])('%j', async (options, text) => {
		for (const wrong of [
			() => download(client, 'http://a/', '/tmp/x', options as object),
			() => client.download('http://a/', '/tmp/x', options as object),
			() => based.download('http://a/', '/tmp/x', options as object),
		]) {
			const error = await rejection(wrong());
			expect(error).toBeInstanceOf(InvalidRequestError);
			expect(String(error)).toContain(text);
		}
	});

	it('a relative mirror without a baseUrl', async () => {
		const error = await rejection(client.download('http://a/', '/tmp/x', { mirrors: ['/relative'] }));
		expect(error).toBeInstanceOf(InvalidRequestError);
		expect(String(error)).toContain('"/relative", which is not an absolute URL');
	});

	it('names no password', async () => {
		await using server = await startRawServer((socket) => socket.write(response('', '', '404 Not Found')));
		const url = server.origin.replace('//', '//user:secret@');
		const error = await rejection(download(client, url, join(temporaryFolder(), 'x')));
		expect(error).toMatchObject({ code: 'ORB_HTTP_DOWNLOAD', reason: 'status', status: 404 });
		expect(String(error)).not.toContain('secret');
		expect(server.requests[0]).toContain('authorization: Basic');
	});
});

describe('a file that a proxy on the way has changed (203)', () => {
	const changed = 'HTTP/1.1 203 Non-Authoritative Information\r\nETag: "1"\r\nContent-Length: 3\r\n\r\nxyz';

	it('is an error, or stored as it was sent', async () => {
		await using server = await startRawServer((socket) => socket.write(changed));
		await using client = new HttpClient();
		const folder = temporaryFolder();
		const error = await rejection(client.download(server.origin, join(folder, 'a')));
		expect(error).toMatchObject({ code: 'ORB_HTTP_DOWNLOAD', reason: 'encoding', status: 203 });
		expect(String(error)).toContain('acceptEncoded');
		const { validator } = await client.download(server.origin, join(folder, 'a'), { acceptEncoded: true });
		expect(validator).toBeUndefined();
		expect(await readFile(join(folder, 'a'), 'utf8')).toBe('xyz');
	});
});

describe('an encoded file', () => {
	it('is an error, or stored as it was sent', async () => {
		await using harness = await startHarness({ 'a.tgz': { size: SIZE, seed: 1, encoding: 'gzip', reprDigest: true } });
		const error = await rejection(harness.get('a.tgz'));
		expect(error).toMatchObject({ reason: 'encoding' });
		expect(String(error)).toContain('acceptEncoded');
		expect(await harness.names()).toEqual([]);
		const { sha256 } = await harness.get('a.tgz', { acceptEncoded: true, segments: 4, minSegmentBytes: 1_000 });
		const stored = await harness.read('a.tgz');
		expect(stored.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
		expect(createHash('sha256').update(stored).digest('hex')).toBe(sha256);
		expect(harness.ranges('a.tgz')).toEqual([undefined, undefined]);
	});
});
