import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ServedFile } from '../../src/index.ts';
import { generatedBytes, generatedSha256, rangesOf, startFileServer } from '../../src/index.ts';
import { ask } from './ask.ts';

const abc: ServedFile = { content: 'abcdefghij' };

test('a file comes whole, with its length, type and validator', async () => {
	await using server = await startFileServer({ files: { 'a.txt': abc } });
	const { status, headers, body } = await ask(`${server.url}/a.txt?signed=yes`);
	expect([status, body.toString()]).toEqual([200, 'abcdefghij']);
	expect(headers).toMatchObject({
		'accept-ranges': 'bytes',
		'content-length': '10',
		'content-type': 'text/plain; charset=utf-8',
		etag: expect.stringMatching(/^"[0-9a-f]{16}"$/),
	});
	expect(headers).not.toHaveProperty('last-modified');
	expect(server.bytesServed('a.txt')).toBe(10);
});

test('HEAD has the headers of GET and ignores ranges', async () => {
	await using server = await startFileServer({ files: { a: abc } });
	const head = await ask(`${server.url}/a`, { range: 'bytes=0-1' }, 'HEAD');
	expect([head.status, head.headers['content-length'], head.body.byteLength]).toEqual([200, '10', 0]);
	expect(head.headers.etag).toBe((await ask(`${server.url}/a`)).headers.etag);
	expect(rangesOf(server.log, 'a')).toEqual([undefined]);
});

test.each([
	['bytes=0-0', 'a', 'bytes 0-0/10'],
	['bytes=2-4', 'cde', 'bytes 2-4/10'],
	['bytes=7-', 'hij', 'bytes 7-9/10'],
	['bytes=-2', 'ij', 'bytes 8-9/10'],
])('%s is %j', async (range, text, contentRange) => {
	await using server = await startFileServer({ files: { a: abc } });
	const { status, headers, body } = await ask(`${server.url}/a`, { range });
	expect([status, body.toString(), headers['content-range']]).toEqual([206, text, contentRange]);
	expect(headers['content-length']).toBe(String(text.length));
	expect([rangesOf(server.log, 'a'), server.bytesServed('a')]).toEqual([[range], text.length]);
});

test('a range beyond the end is 416 and says how long the file is', async () => {
	await using server = await startFileServer({ files: { a: abc, empty: { content: '' } } });
	const beyond = await ask(`${server.url}/a`, { range: 'bytes=10-' });
	expect([beyond.status, beyond.headers['content-range'], beyond.body.byteLength]).toEqual([416, 'bytes */10', 0]);
	const empty = await ask(`${server.url}/empty`, { range: 'bytes=0-' });
	expect([empty.status, empty.headers['content-range']]).toEqual([416, 'bytes */0']);
	expect(await ask(`${server.url}/empty`)).toMatchObject({ status: 200, complete: true });
});

test('several ranges at once get the whole file', async () => {
	await using server = await startFileServer({ files: { a: abc } });
	expect(await ask(`${server.url}/a`, { range: 'bytes=0-0,5-5' })).toMatchObject({ status: 200 });
});

test.each([
	['strong', 'etag', 206],
	['weak', 'etag', 200],
	['last-modified', 'last-modified', 206],
] as const)('If-Range with the %s validator of this version is %3$i', async (validator, header, status) => {
	await using server = await startFileServer({ files: { a: { ...abc, validator } } });
	const { headers } = await ask(`${server.url}/a`);
	const ifRange = String(headers[header]);
	expect((await ask(`${server.url}/a`, { range: 'bytes=5-', 'if-range': ifRange })).status).toBe(status);
	server.setFile('a', { content: 'ABCDEFGHIJ', validator });
	const changed = await ask(`${server.url}/a`, { range: 'bytes=5-', 'if-range': ifRange });
	expect([changed.status, changed.body.toString()]).toEqual([200, 'ABCDEFGHIJ']);
	expect(changed.headers[header]).not.toBe(ifRange);
});

test('conditions are answered with 304 and 412, with the validator', async () => {
	await using server = await startFileServer({ files: { a: abc } });
	const { etag = '' } = (await ask(`${server.url}/a`)).headers;
	const same = await ask(`${server.url}/a`, { 'if-none-match': etag });
	expect([same.status, same.headers.etag, same.body.byteLength]).toEqual([304, etag, 0]);
	const other = await ask(`${server.url}/a`, { 'if-match': '"other"', range: 'bytes=0-1' });
	expect([other.status, other.headers.etag, other.body.byteLength]).toEqual([412, etag, 0]);
});

test('a tag can be given, and no validator is none', async () => {
	await using server = await startFileServer({
		files: {
			tagged: { ...abc, etag: 'v1' },
			dated: { ...abc, validator: 'last-modified', lastModified: new Date(1_000) },
			plain: { ...abc, validator: 'none' },
		},
	});
	expect((await ask(`${server.url}/tagged`)).headers.etag).toBe('"v1"');
	expect((await ask(`${server.url}/dated`)).headers['last-modified']).toBe('Thu, 01 Jan 1970 00:00:01 GMT');
	const { headers } = await ask(`${server.url}/plain`);
	expect([headers.etag, headers['last-modified']]).toEqual([undefined, undefined]);
});

test('mirrors of the same content have the same tag', async () => {
	const files = { a: abc, b: { size: 1000, seed: 3 } };
	await using one = await startFileServer({ files });
	await using two = await startFileServer({ files });
	for (const name of ['a', 'b']) {
		expect((await ask(`${one.url}/${name}`)).headers.etag).toBe((await ask(`${two.url}/${name}`)).headers.etag);
	}
});

test('generated content is served from any offset', async () => {
	await using server = await startFileServer({ files: { 'big.bin': { size: 2 ** 40, seed: 5 } } });
	const head = await ask(`${server.url}/big.bin`, {}, 'HEAD');
	expect(head.headers['content-length']).toBe(String(2 ** 40));
	const { body } = await ask(`${server.url}/big.bin`, { range: `bytes=${2 ** 39}-${2 ** 39 + 199_999}` });
	expect(body.equals(generatedBytes(5, 2 ** 39, 200_000))).toBe(true);
});

test('Repr-Digest is of the whole file, right or wrong', async () => {
	await using server = await startFileServer({
		files: {
			right: { ...abc, reprDigest: true },
			wrong: { ...abc, reprDigest: 'wrong' },
			generated: { size: 100_000, seed: 2, reprDigest: true },
		},
	});
	const digest = createHash('sha256').update('abcdefghij').digest('base64');
	expect((await ask(`${server.url}/right`)).headers['repr-digest']).toBe(`sha-256=:${digest}:`);
	const part = await ask(`${server.url}/right`, { range: 'bytes=1-2' });
	expect(part.headers['repr-digest']).toBe(`sha-256=:${digest}:`);
	const wrong = String((await ask(`${server.url}/wrong`)).headers['repr-digest']);
	expect(wrong).toMatch(/^sha-256=:[A-Za-z0-9+/]{43}=:$/);
	expect(wrong).not.toContain(digest);
	const sum = Buffer.from(await generatedSha256(2, 100_000), 'hex').toString('base64');
	expect((await ask(`${server.url}/generated`)).headers['repr-digest']).toBe(`sha-256=:${sum}:`);
});

test('gzip comes unasked, and its ranges and digest are of the gzipped bytes', async () => {
	const file: ServedFile = { content: 'abc'.repeat(1000), encoding: 'gzip', reprDigest: true };
	await using server = await startFileServer({ files: { 'a.txt': file } });
	const { headers, body } = await ask(`${server.url}/a.txt`, { 'accept-encoding': 'identity' });
	expect([headers['content-encoding'], headers['content-length']]).toEqual(['gzip', String(body.byteLength)]);
	expect(gunzipSync(body).toString()).toBe('abc'.repeat(1000));
	expect(headers['repr-digest']).toBe(`sha-256=:${createHash('sha256').update(body).digest('base64')}:`);
	const part = await ask(`${server.url}/a.txt`, { range: 'bytes=10-' });
	expect(part.body.equals(body.subarray(10))).toBe(true);
});

test('names may hold anything, headers are sent as they are', async () => {
	const contentDisposition = 'attachment; filename="../x"';
	const headers = { 'X-Extra': '1' };
	const file: ServedFile = { ...abc, contentDisposition, contentType: 'a/b', headers };
	await using server = await startFileServer({ files: { 'ü x/%.txt': file } });
	const answer = await ask(`${server.url}/${encodeURIComponent('ü x/%.txt')}`);
	expect(answer.headers).toMatchObject({
		'content-disposition': contentDisposition,
		'content-type': 'a/b',
		'x-extra': '1',
	});
	expect(rangesOf(server.log, 'ü x/%.txt')).toEqual([undefined]);
	expect((await ask(`${server.url}/%ff`)).status).toBe(404);
	expect((await ask(server.url, {}, 'POST')).status).toBe(404);
	expect((await ask(`${server.url}/${encodeURIComponent('ü x/%.txt')}`, {}, 'POST')).status).toBe(405);
});

test('a file may change while it runs, and files may come', async () => {
	await using server = await startFileServer();
	expect((await ask(`${server.url}/a`)).status).toBe(404);
	server.setFile('a', abc);
	expect((await ask(`${server.url}/a`)).body.toString()).toBe('abcdefghij');
	server.setFile('a', { content: 'new' });
	expect((await ask(`${server.url}/a`)).body.toString()).toBe('new');
	expect(server.bytesServed('a')).toBe(13);
});

test('a response under way ends with the version that it began with', async () => {
	const files = { a: { size: 30_000, seed: 1, bytesPerSecond: 100_000 } };
	await using server = await startFileServer({ files });
	const response = await fetch(`${server.url}/a`);
	server.setFile('a', { size: 30_000, seed: 2 });
	expect(Buffer.from(await response.bytes()).equals(generatedBytes(1, 0, 30_000))).toBe(true);
});

test('what does not fit is named', async () => {
	await using server = await startFileServer({ files: { a: abc } });
	expect(() => server.setFile('b', { size: -1, seed: 1 })).toThrow('size must be a whole number');
	expect(() => server.setFile('b', { size: 2 ** 30, seed: 1, encoding: 'gzip' })).toThrow('from 0 to 67108864');
	expect(() => server.setFile('b', { ...abc, etag: '"quoted"' })).toThrow('without quotes, got "\\"quoted\\""');
	expect(() => server.setFaults('a', { cutAfter: -1 })).toThrow('cutAfter must be a whole number');
	expect(() => server.setFaults('b')).toThrow('no file "b", there are: a');
	expect(() => server.bytesServed('b')).toThrow('no file "b", there are: a');
	await expect(startFileServer({ files: { a: { ...abc, status: { code: 200 } } } })).rejects.toThrow('status.code');
});
