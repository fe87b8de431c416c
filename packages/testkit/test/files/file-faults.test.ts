import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { FileServer, ServedFile } from '../../src/index.ts';
import { generatedBytes, startFileServer } from '../../src/index.ts';
import { ask } from './ask.ts';

const abc: ServedFile = { content: 'abcdefghij' };

test.each([
	['ignored', 'bytes'],
	['none', 'none'],
] as const)('ranges %s are answered with the whole', async (ranges, acceptRanges) => {
	await using server = await startFileServer({ files: { a: { ...abc, ranges } } });
	const { status, headers, body } = await ask(`${server.url}/a`, { range: 'bytes=3-' });
	expect([status, headers['accept-ranges'], body.toString()]).toEqual([200, acceptRanges, 'abcdefghij']);
});

test.each([
	['wrong-start', 'bytes=3-5', 'bytes 2-4/10', 'cde'],
	['wrong-start', 'bytes=0-5', 'bytes 1-6/10', 'bcdefg'],
	['wrong-total', 'bytes=3-5', 'bytes 3-5/11', 'def'],
] as const)('ranges %s: %s is %s', async (ranges, range, contentRange, text) => {
	await using server = await startFileServer({ files: { a: { ...abc, ranges } } });
	const { status, headers, body } = await ask(`${server.url}/a`, { range });
	expect([status, headers['content-range'], body.toString()]).toEqual([206, contentRange, text]);
});

test('multipart, for one range or more', async () => {
	await using server = await startFileServer({ files: { 'a.txt': { ...abc, ranges: 'multipart' } } });
	const one = await ask(`${server.url}/a.txt`, { range: 'bytes=3-5' });
	const boundary = /^multipart\/byteranges; boundary=(\w+)$/.exec(one.headers['content-type'] ?? '')?.[1] ?? '?';
	expect([one.status, one.headers['content-range']]).toEqual([206, undefined]);
	expect(one.headers['content-length']).toBe(String(one.body.byteLength));
	expect(one.body.toString().split(`--${boundary}`)).toEqual([
		'\r\n',
		'\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 3-5/10\r\n\r\ndef\r\n',
		'--\r\n',
	]);
	const two = await ask(`${server.url}/a.txt`, { range: 'bytes=0-0,-1' });
	expect(two.body.toString().match(/Content-Range: .*\r\n\r\n./g)).toEqual([
		'Content-Range: bytes 0-0/10\r\n\r\na',
		'Content-Range: bytes 9-9/10\r\n\r\nj',
	]);
	expect(await ask(`${server.url}/a.txt`)).toMatchObject({ status: 200 });
});

test('If-Range ignored gives the end of another version', async () => {
	await using server = await startFileServer({ files: { a: { ...abc, ignoreIfRange: true } } });
	const answer = await ask(`${server.url}/a`, { range: 'bytes=8-', 'if-range': '"of another"' });
	expect([answer.status, answer.body.toString()]).toEqual([206, 'ij']);
});

test('chunked has no length, on HEAD neither', async () => {
	await using server = await startFileServer({ files: { a: { ...abc, chunked: true } } });
	for (const method of ['GET', 'HEAD']) {
		expect((await ask(`${server.url}/a`, {}, method)).headers).not.toHaveProperty('content-length');
	}
	const part = await ask(`${server.url}/a`, { range: 'bytes=8-' });
	expect(part).toMatchObject({ status: 206, complete: true, headers: { 'transfer-encoding': 'chunked' } });
});

test.each([0, 1, 70_000, 199_999])('cut after exactly %i bytes, as often as asked', async (cutAfter) => {
	const file = { size: 200_000, seed: 4, cutAfter, cutTimes: 2 };
	await using server = await startFileServer({ files: { a: file } });
	await ask(`${server.url}/a`, {}, 'HEAD'); // is no response to cut
	for (const round of [1, 2]) {
		const cut = await ask(`${server.url}/a`);
		expect([cut.status, cut.complete, cut.headers['content-length']]).toEqual([200, false, '200000']);
		expect(cut.body.equals(generatedBytes(4, 0, cutAfter))).toBe(true);
		expect(server.bytesServed('a')).toBe(cutAfter * round);
	}
	expect(await ask(`${server.url}/a`)).toMatchObject({ complete: true });
	server.setFaults('a', { cutAfter, cutTimes: 1 });
	expect(await ask(`${server.url}/a`)).toMatchObject({ complete: false });
});

test('a chunked response can be cut just before its last chunk', async () => {
	await using server = await startFileServer({ files: { a: { ...abc, chunked: true, cutAfter: 10 } } });
	const answer = await ask(`${server.url}/a`);
	expect([answer.body.toString(), answer.complete]).toEqual(['abcdefghij', false]);
});

test('silence after so many bytes lasts until the client goes', async () => {
	await using server = await startFileServer({ files: { a: { ...abc, stallAfter: 4 } } });
	const controller = new AbortController();
	const response = await fetch(`${server.url}/a`, { signal: controller.signal });
	const reader = response.body?.getReader();
	expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('abcd');
	expect(server.log.inFlight).toBe(1);
	controller.abort();
	while (server.log.inFlight > 0) await sleep(1);
	expect(server.bytesServed('a')).toBe(4);
});

test('a throttled file comes in small steps', async () => {
	const files = { slow: { size: 1_000_000, seed: 1, bytesPerSecond: 1000 }, quick: { size: 1000, seed: 1 } };
	await using server = await startFileServer({ files });
	const response = await fetch(`${server.url}/slow`);
	const received: Uint8Array[] = [];
	for await (const chunk of response.body ?? []) if (received.push(chunk) === 3) break;
	expect(Buffer.concat(received).byteLength).toBeLessThan(500_000); // which would take over eight minutes
	expect(Buffer.concat(received).equals(generatedBytes(1, 0, Buffer.concat(received).byteLength))).toBe(true);
	server.setFaults('quick', { bytesPerSecond: 20_000 });
	expect(await ask(`${server.url}/quick`)).toMatchObject({ complete: true });
	expect(server.bytesServed('quick')).toBe(1000);
});

test('an error for the first requests, with Retry-After', async () => {
	const status = { code: 503, times: 2, retryAfter: 7 };
	await using server = await startFileServer({ files: { a: { ...abc, status, wrongLength: 1 } } });
	for (const method of ['HEAD', 'GET']) {
		const answer = await ask(`${server.url}/a`, {}, method);
		expect([answer.status, answer.headers['retry-after'], answer.complete]).toEqual([503, '7', true]);
	}
	expect(server.bytesServed('a')).toBe(0);
	server.setFaults('a');
	expect(await ask(`${server.url}/a`)).toMatchObject({ status: 200, complete: true });
	server.setFaults('a', { status: { code: 410 } });
	for (let i = 0; i < 3; i += 1) expect((await ask(`${server.url}/a`)).status).toBe(410);
});

test('a length that promises too much or too little', async () => {
	await using server = await startFileServer({ files: { a: { ...abc, wrongLength: 5 } } });
	const more = await ask(`${server.url}/a`);
	expect([more.headers['content-length'], more.body.toString(), more.complete]).toEqual(['15', 'abcdefghij', false]);
	server.setFaults('a', { wrongLength: -4 });
	expect(await rawGet(server, '/a')).toMatch(/Content-Length: 6\r\n.*\r\n\r\nabcdefghij$/s);
});

test('a client that does not read stops the server', async () => {
	await using server = await startFileServer({ files: { a: { size: 2 ** 36, seed: 1 } } });
	const socket = connect(server.port, '127.0.0.1');
	onTestFinished(() => void socket.destroy());
	socket.pause();
	socket.write('GET /a HTTP/1.1\r\nHost: x\r\n\r\n');
	let before = -1;
	while (server.bytesServed('a') !== before || before <= 0) {
		before = server.bytesServed('a');
		await sleep(200);
	}
	expect(before).toBeLessThan(2 ** 30);
	socket.resume();
	while (server.bytesServed('a') === before) await sleep(1);
});

/** All that the server sends until it closes the connection. */
function rawGet(server: FileServer, target: string): Promise<string> {
	return new Promise((resolve, reject) => {
		let text = '';
		const socket = connect(server.port, '127.0.0.1', () => {
			socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`);
		});
		socket.setEncoding('latin1');
		socket.on('data', (chunk) => {
			text += chunk;
		});
		socket.on('end', () => resolve(text));
		socket.on('error', reject);
	});
}
