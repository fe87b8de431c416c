import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BodyTooLargeError, DecodeError, HeadersTooLargeError, HttpClient } from '../../src/index.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n';

describe('timeouts', () => {
	it.each([
		['headers', () => undefined, { headersMs: 120 }],
		['headers', 'HTTP/1.1 200 OK\r\nContent-Ty', { headersMs: 120 }],
		['headers', 'HTTP/1.1 103 Early Hints\r\n\r\n', { headersMs: 120 }],
		['read', `${HEAD}Content-Length: 10\r\n\r\nfirst`, { readMs: 120 }],
		['total', () => undefined, { totalMs: 120 }],
		['total', `${HEAD}Content-Length: 10\r\n\r\nfirst`, { totalMs: 120 }],
	])('%s, exact below a second', async (phase, bytes, timeouts) => {
		await using server = await startRawServer((socket) => {
			if (typeof bytes === 'string') socket.write(bytes);
		});
		await using client = new HttpClient({ timeouts, retry: false });
		const before = performance.now();
		const error = await rejection(client.read(server.origin));
		const took = performance.now() - before;
		expect(error).toMatchObject({ code: 'ORB_HTTP_TIMEOUT', phase, limitMs: 120 });
		expect(took).toBeGreaterThanOrEqual(119);
		expect(took).toBeLessThan(600);
		await until(() => server.open === 0);
	});

	it.each([
		['', response('taken')],
		['after an interim response', Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'), response('taken')])],
	])("headers does not count while the request's own body is late %s", async (_, answer) => {
		const early = answer.length - response('taken').length;
		await using server = await startRawServer(
			(socket) => {
				if (early > 0) socket.write(answer.subarray(0, early));
			},
			{
				onConnection(socket) {
					socket.on('data', (chunk) => {
						if (chunk.includes('0\r\n\r\n')) socket.write(answer.subarray(early));
					});
				},
			},
		);
		await using client = new HttpClient({ timeouts: { headersMs: 400 }, retry: false });
		async function* body() {
			for (const piece of ['one', 'two']) {
				yield piece;
				await new Promise((resolve) => setTimeout(resolve, 600));
			}
		}
		expect((await client.put(server.origin, { body: body() })).status).toBe(200);
	});

	it('headers ends a request whose body the server does not take', async () => {
		await using server = await startRawServer(() => undefined, { onConnection: (socket) => socket.pause() });
		await using client = new HttpClient({ timeouts: { headersMs: 300 }, retry: false });
		let closed = false;
		async function* body() {
			try {
				for (;;) yield Buffer.alloc(64 * 1024);
			} finally {
				closed = true;
			}
		}
		const error = await rejection(client.put(server.origin, { body: body() }));
		expect(error).toMatchObject({ phase: 'headers', limitMs: 300 });
		await until(() => closed && client.stats.running === 0);
	});

	it('read counts between pieces, not the whole body', async () => {
		await using server = await startRawServer((socket) => {
			socket.write(`${HEAD}Content-Length: 6\r\n\r\n`);
			let sent = 0;
			const timer = setInterval(() => {
				socket.write('.');
				if (++sent === 6) clearInterval(timer);
			}, 100);
		});
		await using client = new HttpClient({ timeouts: { readMs: 400, headersMs: 400 } });
		const page = await client.read(server.origin);
		expect(page.body.toString()).toBe('......');
		expect(page.timings.totalMs).toBeGreaterThan(400);
	});

	it('total ends a body that trickles for ever', async () => {
		await using server = await startRawServer((socket) => {
			socket.write(`${HEAD}\r\n`);
			const timer = setInterval(() => socket.write('.'), 10);
			socket.on('close', () => clearInterval(timer));
		});
		await using client = new HttpClient({ timeouts: { totalMs: 200, readMs: 1_000 } });
		expect(await rejection(client.read(server.origin))).toMatchObject({ phase: 'total' });
	});

	it('total spans redirects', async () => {
		await using server = await startRawServer((socket, head) => {
			const step = Number(/^GET \/(\d*)/.exec(head)?.[1]);
			setTimeout(() => socket.write(response('', `Location: /${step + 1}\r\n`, '302 Found')), 60);
		});
		await using client = new HttpClient({ timeouts: { totalMs: 250 } });
		expect(await rejection(client.read(`${server.origin}/0`))).toMatchObject({ phase: 'total' });
	});

	it('pool ends the wait for a slot, which is no part of total', async () => {
		await using server = await startRawServer(() => undefined);
		await using client = new HttpClient({ limits: { perHost: 1 }, timeouts: { totalMs: 5_000 } });
		const first = rejection(client.read(server.origin, { timeouts: { totalMs: 300 } }));
		const patient = rejection(client.read(server.origin, { timeouts: { totalMs: 200 } }));
		const second = rejection(client.read(server.origin, { timeouts: { poolMs: 100 } }));
		expect(await second).toMatchObject({ phase: 'pool', limitMs: 100 });
		expect(server.requests).toHaveLength(1);
		expect(await first).toMatchObject({ phase: 'total', limitMs: 300 });
		expect(await patient).toMatchObject({ phase: 'total', limitMs: 200 });
		expect(server.requests).toHaveLength(2);
	});
});

describe('limits', () => {
	it('refuses an announced body without reading it', async () => {
		await using server = await startRawServer((socket) => {
			socket.write(`${HEAD}Content-Length: 50000000\r\n\r\n`);
		});
		await using client = new HttpClient({ maxBodyBytes: 1_000 });
		const error = await rejection(client.read(server.origin));
		expect(error).toBeInstanceOf(BodyTooLargeError);
		expect(String(error)).toContain('announced: 50000000');
		await until(() => server.open === 0);
	});

	it('ends an endless body at the limit', async () => {
		await using server = await startRawServer((socket) => {
			socket.write(`${HEAD}\r\n`);
			const more = (): void => {
				while (socket.writable && socket.write(Buffer.alloc(64 * 1024))) {}
			};
			socket.on('drain', more);
			more();
		});
		await using client = new HttpClient({ maxBodyBytes: 1_000_000 });
		expect(await rejection(client.read(server.origin))).toBeInstanceOf(BodyTooLargeError);
		await until(() => server.open === 0);
		expect(server.sentBytes).toBeLessThan(20_000_000);
	});

	it('ends a gzip bomb at the limit, and its connection', async () => {
		const bomb = gzipSync(Buffer.alloc(100_000_000));
		await using server = await startRawServer((socket) => {
			socket.write(`${HEAD}Content-Encoding: gzip\r\n\r\n`);
			socket.write(bomb.subarray(0, -8)); // and it never ends
		});
		await using client = new HttpClient({ maxBodyBytes: 1_000_000 });
		const error = await rejection(client.read(server.origin));
		expect(error).toBeInstanceOf(BodyTooLargeError);
		expect(String(error)).toContain('decoded from gzip');
		await until(() => server.open === 0);
	});

	it('ends ten megabytes of headers', async () => {
		await using server = await startRawServer((socket) => {
			socket.write(HEAD);
			const line = `X-Filler: ${'x'.repeat(1_000)}\r\n`;
			let left = 10_000;
			const more = (): void => {
				while (left-- > 0 && socket.writable) if (!socket.write(line)) return;
			};
			socket.on('drain', more);
			more();
		});
		await using client = new HttpClient();
		const error = await rejection(client.read(server.origin));
		expect(error).toBeInstanceOf(HeadersTooLargeError);
		expect(error).toMatchObject({ limitBytes: 16 * 1024 });
		await until(() => server.open === 0);
	});

	it('refuses six codings', async () => {
		const encoding = 'gzip,gzip,gzip,gzip,gzip,gzip';
		await using server = await startRawServer((socket) =>
			socket.write(response('x', `Content-Encoding: ${encoding}\r\n`)),
		);
		await using client = new HttpClient();
		const error = await rejection(client.read(server.origin));
		expect(error).toBeInstanceOf(DecodeError);
		expect(error).toMatchObject({ contentEncoding: encoding });
	});
});

describe('a body under a wrong label', () => {
	it.each([
		['plain text', Buffer.from('<p>plain</p>')],
		['cut short', gzipSync('x'.repeat(1_000)).subarray(0, 20)],
	])('%s is a DecodeError', async (_name, body) => {
		await using server = await startRawServer((socket) => socket.write(response(body, 'Content-Encoding: gzip\r\n')));
		await using client = new HttpClient();
		expect(await rejection(client.read(server.origin))).toBeInstanceOf(DecodeError);
	});

	it('is handed out as sent when the label is unknown, or the body empty', async () => {
		await using server = await startRawServer((socket, head) => {
			const empty = head.includes('/empty');
			socket.write(response(empty ? '' : 'raw', `Content-Encoding: ${empty ? 'br' : 'utf-8'}\r\n`));
		});
		await using client = new HttpClient();
		expect((await client.read(server.origin)).body.toString()).toBe('raw');
		expect((await client.read(`${server.origin}/empty`)).body).toHaveLength(0);
	});
});

describe('onHead', () => {
	it('discards: a small body is drained and the connection kept', async () => {
		await using server = await startRawServer((socket) => socket.write(response('small')));
		await using client = new HttpClient({ limits: { perHost: 1 } });
		for (let i = 0; i < 3; i++) {
			const page = await client.read(server.origin, { onHead: () => 'discard' });
			expect(page).toMatchObject({ status: 200, discarded: true });
			expect(page.body).toHaveLength(0);
		}
		expect(server.accepted).toBe(1);
	});

	it.each([
		['announced as large', `${HEAD}Content-Length: 50000000\r\n\r\n`],
		['larger than drained', `${HEAD}\r\n${'x'.repeat(100_000)}`],
		['never ending', `${HEAD}\r\n`],
	])('discards: a body %s costs the connection', async (_name, bytes) => {
		await using server = await startRawServer((socket) => socket.write(bytes));
		await using client = new HttpClient({ maxBodyBytes: 10 });
		expect(await client.read(server.origin, { onHead: () => 'discard' })).toMatchObject({ discarded: true });
		await until(() => server.open === 0);
		expect(client.stats.running).toBe(0);
	});

	it.each(['onHead', 'onSent'])('rejects with what %s throws', async (hook) => {
		const mistake = new TypeError('a mistake in the hook');
		const fail = (): never => {
			throw mistake;
		};
		await using server = await startRawServer((socket) => socket.write(response('x')));
		await using client = new HttpClient();
		expect(await rejection(client.read(server.origin, { [hook]: fail }))).toBe(mistake);
		await until(() => client.stats.running === 0);
	});
});

it('passes over interim responses', async () => {
	await using server = await startRawServer((socket) => {
		socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n');
		socket.write(response('final', 'X-Final: 1\r\n'));
	});
	await using client = new HttpClient();
	const page = await client.read(server.origin);
	expect(page).toMatchObject({ status: 200 });
	expect(page.headers).toEqual({ 'x-final': '1', 'content-length': '5' });
});
