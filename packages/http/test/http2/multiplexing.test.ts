import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { HttpClient, type HttpClientOptions } from '../../src/index.ts';
import { certificateAuthority } from '../support/certificate.ts';
import { startH2Server } from '../support/h2-server.ts';
import { startHttpsServer } from '../support/https-server.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { until } from '../support/until.ts';

const authority = certificateAuthority();
const certified = authority.issue();
const speaking = (options: HttpClientOptions = {}) =>
	new HttpClient({ http2: true, tls: { ca: authority.cert }, ...options });

describe('many requests', () => {
	it('share one connection, from the first on', async () => {
		await using server = await startH2Server({ certified }, (request, answer) =>
			setTimeout(() => answer.end(request.url), 20),
		);
		await using client = speaking();
		for (let round = 0; round < 2; round++) {
			const pages = await Promise.all(Array.from({ length: 20 }, (_, i) => client.read(`${server.origin}/${i}`)));
			expect(pages.map(({ body }) => body.toString())).toEqual(Array.from({ length: 20 }, (_, i) => `/${i}`));
		}
		expect(server.accepted).toBe(1);
		expect(client.stats).toEqual({ pools: 1, connections: 1, pending: 0, running: 0 });
	});

	it('beyond what the server allows on one connection take more, up to perHost', async () => {
		let most = 0;
		let now = 0;
		await using server = await startH2Server(
			{ certified, settings: { maxConcurrentStreams: 2 } },
			(_request, answer) => {
				now += 1;
				most = Math.max(most, now);
				setTimeout(() => answer.end('page', () => (now -= 1)), 10);
			},
		);
		await using client = speaking({ limits: { perHost: 6 } });
		await Promise.all(Array.from({ length: 40 }, () => client.read(server.origin)));
		expect(server.requests).toHaveLength(40);
		expect(server.accepted).toBeLessThanOrEqual(6);
		expect(most).toBeLessThanOrEqual(6);
	});
});

describe('whoever does not speak it', () => {
	it('is spoken to in HTTP/1.1, on as many connections as usual', async () => {
		await using server = await startHttpsServer(certified);
		await using client = speaking({ limits: { perHost: 4 } });
		const pages = await Promise.all(Array.from({ length: 20 }, () => client.read(server.origin)));
		expect(pages.map(({ body }) => body.toString())).toEqual(Array(20).fill('secured'));
		expect(server.serverNames.length).toBeLessThanOrEqual(4);
	});

	it('is spoken to in HTTP/1.1 without TLS', async () => {
		await using server = await startRawServer((socket) => socket.write(response('plain')));
		await using client = speaking();
		expect((await client.read(server.origin)).body.toString()).toBe('plain');
	});

	it('is everybody unless it is asked for', async () => {
		await using server = await startH2Server({ certified, allowHTTP1: true }, (_request, answer) => answer.end('page'));
		await using client = speaking({ http2: false });
		await client.read(server.origin);
		await using other = speaking();
		await other.read(server.origin);
		expect(server.requests).toEqual(['GET / 1.1', 'GET / 2.0']);
	});
});

describe('bodies', () => {
	it('go up and down whole, known and unknown lengths, side by side', async () => {
		await using server = await startH2Server({ certified }, (request, answer) => {
			answer.setHeader('x-length', request.headers['content-length'] ?? 'unknown');
			request.pipe(answer);
		});
		await using client = speaking();
		const bytes = randomBytes(1_000_000);
		const pieces = Array.from({ length: 100 }, (_, i) => bytes.subarray(i * 10_000, (i + 1) * 10_000));
		const digest = (body: Buffer): string => createHash('sha256').update(body).digest('hex');
		const [known, unknown, empty] = await Promise.all([
			client.read(`${server.origin}/known`, { method: 'POST', body: bytes }),
			client.read(`${server.origin}/unknown`, { method: 'PUT', body: Readable.from(pieces) }),
			client.read(`${server.origin}/empty`, { method: 'POST', body: '' }),
		]);
		expect(digest(known.body)).toBe(digest(bytes));
		expect(known.headers['x-length']).toBe('1000000');
		expect(digest(unknown.body)).toBe(digest(bytes));
		expect(unknown.headers['x-length']).toBe('unknown');
		expect(empty.body).toHaveLength(0);
		expect(server.accepted).toBe(1);
	});

	it('that nobody takes hold their stream up, and no other', async () => {
		let sent = 0;
		let held = false;
		await using server = await startH2Server({ certified }, (request, answer) => {
			if (request.url !== '/endless') {
				answer.end('page');
				return;
			}
			const more = (): void => {
				while (!answer.destroyed) {
					sent += 64_000;
					if (!answer.write(Buffer.alloc(64_000))) break;
				}
				held = true;
			};
			answer.on('drain', () => {
				held = false;
				more();
			});
			more();
		});
		await using client = speaking();
		const endless = await client.get(`${server.origin}/endless`);
		await until(() => held);
		for (let i = 0; i < 5; i++) expect((await client.read(server.origin)).status).toBe(200);
		const before = sent;
		const reading = endless.body[Symbol.asyncIterator]();
		let received = 0;
		while (received < before + 1_000_000) {
			const { value } = await reading.next();
			if (value !== undefined) received += value.length;
		}
		expect(sent).toBeGreaterThan(before);
		await reading.return?.();
		expect((await client.read(server.origin)).status).toBe(200);
		expect(server.accepted).toBe(1);
		// What lay between the two ends was bounded: the windows of HTTP/2 and the buffers of both sides.
		expect(before).toBeLessThan(8_000_000);
	});
});
