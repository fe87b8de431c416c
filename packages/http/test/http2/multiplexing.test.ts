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

	it('may take longer to go up than headersMs, as long as they go on', async () => {
		await using server = await startH2Server({ certified }, (request, answer) => {
			request.resume().on('end', () => answer.end('taken'));
		});
		await using client = speaking({ timeouts: { headersMs: 500 } });
		async function* body() {
			for (let i = 0; i < 10; i++) {
				yield Buffer.alloc(1_000);
				await new Promise((resolve) => setTimeout(resolve, 80));
			}
		}
		expect((await client.read(server.origin, { method: 'PUT', body: body() })).body.toString()).toBe('taken');
	});

	it('that nobody takes hold their own streams up, and no other', async () => {
		let sent = 0;
		await using server = await startH2Server({ certified }, (request, answer) => {
			if (request.url !== '/endless') {
				answer.end('p'.repeat(100_000));
				return;
			}
			const more = (): void => {
				do sent += 64_000;
				while (!answer.destroyed && answer.write(Buffer.alloc(64_000)));
			};
			answer.on('drain', more);
			more();
		});
		await using client = speaking();
		// More than enough to use up a window that all of them would share.
		const held = await Promise.all(Array.from({ length: 8 }, () => client.get(`${server.origin}/endless`)));
		let before = -1;
		await until(() => {
			const still = sent === before;
			before = sent;
			return still;
		});
		for (let i = 0; i < 3; i++) expect((await client.read(server.origin)).body).toHaveLength(100_000);

		const reading = held[0]?.body[Symbol.asyncIterator]();
		let received = 0;
		while (received < 2_000_000) received += (await reading?.next())?.value?.length ?? 0;
		await reading?.return?.();
		for (const answer of held) answer.discard();
		expect((await client.read(server.origin)).status).toBe(200);
		expect(server.accepted).toBe(1);
		// What lay between the two ends had a limit: the windows of HTTP/2 and the buffers of both sides.
		expect(before).toBeLessThan(8 * 4_000_000);
	});
});
