import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BodyTooLargeError, HttpClient } from '../../src/index.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';

const HEAD = 'HTTP/1.1 200 OK\r\n';
const MIB = 1024 * 1024;

/** A body that never ends, sent as fast as it is taken. */
const endless = () =>
	startRawServer((socket) => {
		socket.write(`${HEAD}\r\n`);
		pour(socket);
	});

function pour(socket: Socket): void {
	while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024))) {}
	socket.once('drain', () => pour(socket));
}

async function collect(body: AsyncIterable<Buffer>): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of body) pieces.push(piece);
	return Buffer.concat(pieces);
}

/** Resolves when `read` has not changed for a while. */
async function settled(read: () => number): Promise<number> {
	for (;;) {
		const before = read();
		await new Promise((resolve) => setTimeout(resolve, 300));
		if (read() === before && before > 0) return before;
	}
}

afterEach(() => vi.useRealTimers());

describe('a body that is iterated', () => {
	it('arrives whole, however it was cut', async () => {
		const body = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
		await using server = await startRawServer((socket) => {
			const bytes = response(body);
			let offset = 0;
			const next = (): void => {
				if (offset >= bytes.length) return;
				const end = offset + 1 + ((offset * 7_919) % 40_000);
				socket.write(bytes.subarray(offset, end), next);
				offset = end;
			};
			next();
		});
		await using client = new HttpClient();
		expect((await collect((await client.get(server.origin)).body)).equals(body)).toBe(true);
		await until(() => client.stats.running === 0);
	});

	it('stops the server while nobody asks for more', async () => {
		await using server = await endless();
		await using client = new HttpClient();
		const iterator = (await client.get(server.origin)).body[Symbol.asyncIterator]();
		await iterator.next();
		const written = await settled(() => server.writtenBytes);
		// What kernels and streams buffer, and no more.
		expect(written).toBeLessThan(32 * MIB);
		await iterator.return?.();
		await until(() => server.open === 0);
	});

	it('is given up, connection and slot, when the loop is left', async () => {
		await using server = await endless();
		await using client = new HttpClient();
		for await (const piece of (await client.get(server.origin)).body) {
			expect(piece.length).toBeGreaterThan(0);
			break;
		}
		await until(() => server.open === 0 && client.stats.running === 0);
	});

	it('is given up when its iterator is, before or while it waits for a piece', async () => {
		await using server = await startRawServer((socket, head) => {
			socket.write(`${HEAD}\r\n`);
			if (head.startsWith('GET /full')) pour(socket);
		});
		await using client = new HttpClient();
		const unasked = (await client.get(`${server.origin}/full`)).body[Symbol.asyncIterator]();
		await unasked.return?.();
		const waiting = (await client.get(`${server.origin}/empty`)).body[Symbol.asyncIterator]();
		const piece = rejection(waiting.next());
		await waiting.return?.();
		expect(await piece).toMatchObject({ code: 'ORB_HTTP_ABORTED' });
		await until(() => server.open === 0 && client.stats.running === 0);
	});

	it.each(['cut', 'drained'])('ends in an error for its reader when it is discarded, and was %s', async (fate) => {
		await using server = await startRawServer((socket) => {
			socket.write(`${HEAD}Content-Length: ${fate === 'cut' ? 100_000 : 8}\r\n\r\nhalf`);
			if (fate === 'drained') setTimeout(() => socket.write('rest'), 30);
		});
		await using client = new HttpClient();
		const page = await client.get(server.origin);
		const iterator = page.body[Symbol.asyncIterator]();
		expect(String((await iterator.next()).value).slice(0, 4)).toBe('half');
		const next = rejection(iterator.next());
		page.discard();
		expect(await next).toMatchObject({ code: 'ORB_HTTP_ABORTED' });
		await until(() => client.stats.running === 0);
	});

	it.each([1, 2])('is decoded, %d times if need be', async (times) => {
		const page = Buffer.alloc(3 * MIB, 'page ');
		let encoded: Buffer = page;
		for (let i = 0; i < times; i++) encoded = gzipSync(encoded);
		const coding = Array.from({ length: times }, () => 'gzip').join(', ');
		await using server = await startRawServer((socket) => {
			socket.write(response(encoded, `Content-Encoding: ${coding}\r\n`));
		});
		await using client = new HttpClient();
		expect((await collect((await client.get(server.origin)).body)).equals(page)).toBe(true);
	});

	it('is left as it was sent with decode: false', async () => {
		const encoded = gzipSync('page');
		await using server = await startRawServer((socket) => {
			socket.write(response(encoded, 'Content-Encoding: gzip\r\n'));
		});
		await using client = new HttpClient();
		const { body } = await client.get(server.origin, { decode: false });
		expect(await collect(body)).toEqual(encoded);
	});

	it('has the limit that the caller sets, and no other', async () => {
		const bomb = gzipSync(Buffer.alloc(40 * MIB));
		await using server = await startRawServer((socket) => {
			socket.write(response(bomb, 'Content-Encoding: gzip\r\n'));
		});
		await using client = new HttpClient();
		expect((await collect((await client.get(server.origin)).body)).length).toBe(40 * MIB);
		const limited = await client.get(server.origin, { maxBodyBytes: MIB });
		expect(await rejection(collect(limited.body))).toBeInstanceOf(BodyTooLargeError);
		await until(() => client.stats.running === 0);
	});

	it('that breaks off gives what arrived and then the error', async () => {
		await using server = await startRawServer((socket) => {
			socket.write(`${HEAD}Content-Length: 10\r\n\r\nfirst`);
			setTimeout(() => socket.destroy(), 50);
		});
		await using client = new HttpClient();
		const pieces: string[] = [];
		const reading = (async () => {
			for await (const piece of (await client.get(server.origin)).body) pieces.push(piece.toString());
		})();
		expect(await rejection(reading)).toMatchObject({ code: 'ORB_HTTP_CONNECTION_LOST' });
		expect(pieces.join('')).toBe('first');
	});

	it.each([
		['malformed', Buffer.from('this is no gzip at all')],
		['cut', gzipSync(Buffer.alloc(100_000, 'x')).subarray(0, 60)],
	])('that is %s under its coding is an error', async (_, bytes) => {
		await using server = await startRawServer((socket) => {
			socket.write(response(bytes, 'Content-Encoding: gzip\r\n'));
		});
		await using client = new HttpClient();
		const error = await rejection(collect((await client.get(server.origin)).body));
		expect(error).toMatchObject({ code: 'ORB_HTTP_DECODE', contentEncoding: 'gzip' });
		await until(() => client.stats.running === 0);
	});

	it('ends with the signal', async () => {
		await using server = await endless();
		await using client = new HttpClient();
		const controller = new AbortController();
		const reading = (async () => {
			for await (const _ of (await client.get(server.origin, { signal: controller.signal })).body) controller.abort();
		})();
		expect(await rejection(reading)).toMatchObject({ code: 'ORB_HTTP_ABORTED' });
		await until(() => server.open === 0 && client.stats.running === 0);
	});

	it('outlasts the default of totalMs, and no other', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
		await using server = await startRawServer((socket) => socket.write(`${HEAD}\r\nfirst`));
		await using client = new HttpClient({ timeouts: { readMs: 400_000 } });
		const iterator = (await client.get(server.origin)).body[Symbol.asyncIterator]();
		const limited = await client.get(server.origin, { timeouts: { totalMs: 90_000 } });
		const limitedIterator = limited.body[Symbol.asyncIterator]();
		await Promise.all([iterator.next(), limitedIterator.next()]);
		const [second, limitedSecond] = [rejection(iterator.next()), rejection(limitedIterator.next())];
		await vi.advanceTimersByTimeAsync(100_000);
		expect(await limitedSecond).toMatchObject({ phase: 'total', limitMs: 90_000 });
		await vi.advanceTimersByTimeAsync(400_000);
		expect(await second).toMatchObject({ phase: 'read', limitMs: 400_000 });
	});
});

describe('a body that nobody reads', () => {
	it('frees connection and slot by itself when it is small', async () => {
		await using server = await startRawServer((socket) => socket.write(response(Buffer.alloc(50_000))));
		await using client = new HttpClient({ limits: { perHost: 1 } });
		const responses = [await client.get(server.origin), await client.get(server.origin)];
		expect(server.accepted).toBe(1);
		for (const page of responses) expect(await page.bytes()).toHaveLength(50_000);
	});

	it('loses its connection after 30 s when it is large', async () => {
		await using server = await endless();
		await using client = new HttpClient();
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
		const page = await client.get(server.origin);
		while (client.stats.running === 1) {
			await new Promise((resolve) => setImmediate(resolve));
			await vi.advanceTimersByTimeAsync(100);
		}
		const error = await rejection(page.bytes());
		expect(error).toMatchObject({ code: 'ORB_HTTP_ABORTED' });
		expect(String(error)).toContain('nobody read its body for 30000 ms');
	});

	it('holds up the end of its client for a second, and not for thirty', async () => {
		await using server = await endless();
		const client = new HttpClient();
		const page = await client.get(server.origin);
		await client.close();
		expect(String(await rejection(page.bytes()))).toContain('nobody read its body for 1000 ms');
		await until(() => server.open === 0);
	});

	it.each(['discard', 'dispose'] as const)('is given up with %s', async (way) => {
		await using server = await endless();
		await using client = new HttpClient();
		const page = await client.get(server.origin);
		if (way === 'discard') page.discard();
		else await page[Symbol.asyncDispose]();
		await until(() => server.open === 0 && client.stats.running === 0);
	});
});

describe('a body is read once', () => {
	it('by iterating, and as often as wanted by text, json and bytes', async () => {
		await using server = await startRawServer((socket) => socket.write(response('{"a":1}')));
		await using client = new HttpClient();
		const page = await client.get(server.origin);
		expect(await page.json()).toEqual({ a: 1 });
		expect(await page.text()).toBe('{"a":1}');
		expect(await collect(page.body)).toEqual(Buffer.from('{"a":1}'));
		const second = await client.get(server.origin);
		expect(await collect(second.body)).toHaveLength(7);
		const error = await rejection(second.text());
		expect(error).toMatchObject({ code: 'ORB_HTTP_INVALID_REQUEST' });
		expect(String(error)).toContain('it can be read once');
	});
});
