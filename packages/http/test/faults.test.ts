import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type HostileSite, startHostileSite } from '@orbweaver/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpClient, HttpError, type HttpResponse, type Timeouts } from '../src/index.ts';
import { startRawServer } from './support/raw-server.ts';
import { rejection, until } from './support/until.ts';

let site: HostileSite;
beforeAll(async () => {
	site = await startHostileSite();
});
afterAll(() => site.close());

/** The ways to take a response. */
const WAYS: Record<string, (client: HttpClient, url: string) => Promise<unknown>> = {
	read: (client, url) => client.read(url),
	text: async (client, url) => await (await client.get(url)).text(),
	body: async (client, url) => await drain(await client.get(url, { maxBodyBytes: 10_000_000 })),
};

async function drain({ body }: HttpResponse): Promise<void> {
	for await (const _ of body);
}

/** What each path ends in, with a short limit where that is a wait. */
const FAULTS: [path: string, code: string, timeouts?: Partial<Timeouts>][] = [
	['/reset', 'ORB_HTTP_CONNECT'],
	['/half-body', 'ORB_HTTP_CONNECTION_LOST'],
	['/bad-chunks', 'ORB_HTTP_PROTOCOL'],
	['/endless-body', 'ORB_HTTP_BODY_TOO_LARGE'],
	['/slow-drip', 'ORB_HTTP_TIMEOUT', { totalMs: 500 }],
	['/never-answers', 'ORB_HTTP_TIMEOUT', { headersMs: 300 }],
	['/headers-only', 'ORB_HTTP_TIMEOUT', { readMs: 300 }],
	['/gzip-bomb', 'ORB_HTTP_BODY_TOO_LARGE'],
	['/huge-headers', 'ORB_HTTP_HEADERS_TOO_LARGE'],
	['/huge-headers?kb=10000', 'ORB_HTTP_HEADERS_TOO_LARGE'],
	['/redirect-loop', 'ORB_HTTP_REDIRECT'],
	['/redirect-to-file', 'ORB_HTTP_REDIRECT'],
	['/redirect-chain', 'ORB_HTTP_REDIRECT'],
];

describe.each(Object.keys(WAYS))('taken with %s', (way) => {
	it.each<[string, string, Partial<Timeouts>?]>(FAULTS)(
		'%s ends in %s, which names the request, and leaves nothing behind',
		async (path, code, timeouts = {}) => {
			await using client = new HttpClient({ retry: false, maxBodyBytes: 10_000_000, timeouts });
			const error = await rejection(WAYS[way]?.(client, `${site.url}${path}`) ?? Promise.resolve());
			expect(error).toBeInstanceOf(HttpError);
			expect(error).toMatchObject({ code, method: 'GET' });
			expect((error as HttpError).url).toMatch(new RegExp(`^${site.url}/`));
			expect((error as HttpError).message).toContain(`GET ${site.url}/`);
			await until(() => client.stats.running === 0 && client.stats.pending === 0);
		},
	);

	it('a body beyond its Content-Length is cut where it was announced to end', async () => {
		await using client = new HttpClient({ retry: false });
		await WAYS[way]?.(client, `${site.url}/wrong-length`);
		await until(() => client.stats.running === 0);
	});
});

describe('a peer that is not there, or not reading', () => {
	it('refuses', async () => {
		await using client = new HttpClient({ retry: false });
		const error = await rejection(client.get('http://127.0.0.1:1/'));
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'refused', url: 'http://127.0.0.1:1/' });
	});

	it.each([
		['bytes', () => Buffer.alloc(200_000_000)],
		[
			'a stream',
			() =>
				(async function* () {
					for (;;) yield Buffer.alloc(100_000);
				})(),
		],
	])('stops reading a body of %s: the request ends and holds nothing', async (_, body) => {
		const server = createServer((socket) => socket.pause()).listen(0, '127.0.0.1');
		const sockets = new Set<Socket>();
		server.on('connection', (socket) => {
			sockets.add(socket);
			socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
		});
		await until(() => server.listening);
		const { port } = server.address() as AddressInfo;
		await using client = new HttpClient({ retry: false, timeouts: { headersMs: 400 } });
		const error = await rejection(client.put(`http://127.0.0.1:${port}/`, { body: body() }));
		expect(error).toMatchObject({ code: 'ORB_HTTP_TIMEOUT', phase: 'headers', method: 'PUT' });
		await until(() => client.stats.running === 0 && client.stats.connections === 0);
		for (const socket of sockets) socket.destroy();
		server.close();
	});

	it('closes at once, however many ask', async () => {
		await using server = await startRawServer(() => undefined, { onConnection: (socket) => socket.destroy() });
		await using client = new HttpClient({ retry: false, limits: { perHost: 10 } });
		const errors = await Promise.all(Array.from({ length: 100 }, () => rejection(client.get(server.origin))));
		for (const error of errors) expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT' });
		await until(() => client.stats.running === 0 && client.stats.connections === 0);
	});
});
