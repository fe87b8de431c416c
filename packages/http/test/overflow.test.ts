import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BodyTooLargeError, HttpClient } from '../src/index.ts';
import { response, startRawServer } from './support/raw-server.ts';
import { rejection, until } from './support/until.ts';

const LIMIT = 1_000;
const TRUNCATE = { maxBodyBytes: LIMIT, overflow: 'truncate' } as const;

describe('overflow: truncate', () => {
	it.each([
		['announced', response('a'.repeat(5_000))],
		['compressed', response(gzipSync('a'.repeat(5_000)), 'Content-Encoding: gzip\r\n')],
	])('keeps the start of a body that is %s', async (_name, bytes) => {
		await using server = await startRawServer((socket) => socket.write(bytes));
		await using client = new HttpClient();
		const page = await client.read(server.origin, TRUNCATE);
		expect(page).toMatchObject({ status: 200, truncated: true, discarded: false });
		expect(page.body.toString()).toBe('a'.repeat(LIMIT));
	});

	it('leaves a body within the limit, and its connection, as they are', async () => {
		await using server = await startRawServer((socket) => socket.write(response('a'.repeat(LIMIT))));
		await using client = new HttpClient({ limits: { perHost: 1 } });
		for (let i = 0; i < 3; i++) {
			const page = await client.read(server.origin, TRUNCATE);
			expect(page).toMatchObject({ truncated: false });
			expect(page.body).toHaveLength(LIMIT);
		}
		expect(server.accepted).toBe(1);
	});

	it('hangs up on a body that does not end', async () => {
		await using server = await startRawServer((socket) => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			const pour = (): void => {
				while (!socket.destroyed && socket.write('a'.repeat(10_000)));
			};
			socket.on('drain', pour);
			pour();
		});
		await using client = new HttpClient();
		const page = await client.read(server.origin, TRUNCATE);
		expect(page.body.toString()).toBe('a'.repeat(LIMIT));
		await until(() => server.open === 0);
	});

	it('serves the next request after a cut body', async () => {
		const bodies = ['a'.repeat(5_000), 'next'];
		await using server = await startRawServer((socket) => socket.write(response(bodies.shift() ?? '')));
		await using client = new HttpClient({ limits: { perHost: 1 } });
		expect((await client.read(server.origin, TRUNCATE)).truncated).toBe(true);
		expect((await client.read(server.origin, TRUNCATE)).body.toString()).toBe('next');
	});

	it('is not for bodies with several codings', async () => {
		const body = gzipSync(gzipSync('a'.repeat(5_000)));
		await using server = await startRawServer((socket) => {
			socket.write(response(body, 'Content-Encoding: gzip, gzip\r\n'));
		});
		await using client = new HttpClient();
		expect(await rejection(client.read(server.origin, TRUNCATE))).toBeInstanceOf(BodyTooLargeError);
	});
});
