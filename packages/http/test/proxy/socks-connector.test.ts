import { describe, expect, it } from 'vitest';
import { HttpClient } from '../../src/http-client.ts';
import { certificateAuthority } from '../support/certificate.ts';
import { startH2Server } from '../support/h2-server.ts';
import { startHttpsServer } from '../support/https-server.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { type SocksServerOptions, startSocksServer } from '../support/socks-server.ts';
import { rejection, until } from '../support/until.ts';

const authority = certificateAuthority();
const certified = authority.issue({ names: ['shop.example'] });
const NAMES = { 'shop.example': '127.0.0.1' };

describe('http: goes through', () => {
	it.each([
		['socks://', '5 shop.example'],
		['socks5h://', '5 shop.example'],
		['socks5://', '5 127.0.0.1'],
		['socks4a://us%20er@', '4 us er@shop.example'],
		['socks4://', '4 @127.0.0.1'],
	])('%s as %s', async (scheme, target) => {
		await using server = await startRawServer((socket) => socket.write(response('page')));
		await using proxy = await startSocksServer({ names: NAMES });
		await using client = new HttpClient({
			proxy: `${scheme}127.0.0.1:${proxy.port}`,
			dns: { hosts: NAMES },
			limits: { perHost: 1 },
		});
		const url = `http://shop.example:${server.port}/a`;
		expect((await client.read(url)).body.toString()).toBe('page');
		expect(proxy.targets).toEqual([`${target}:${server.port}`]);
		expect(server.requests[0]).toMatch(new RegExp(`^GET /a HTTP/1.1\r\nhost: shop.example:${server.port}\r\n`, 'i'));
		// The connection is kept.
		await client.read(url);
		expect(proxy.targets).toHaveLength(1);
	});

	it('a proxy for one call, beside direct ones', async () => {
		await using server = await startRawServer((socket) => socket.write(response('page')));
		await using proxy = await startSocksServer();
		await using client = new HttpClient();
		await client.read(server.origin);
		expect(proxy.targets).toEqual([]);
		await client.read(server.origin, { proxy: `socks5://127.0.0.1:${proxy.port}` });
		expect(proxy.targets).toEqual([`5 127.0.0.1:${server.port}`]);
	});

	it('a proxy by its name, which may have a fixed address', async () => {
		await using server = await startRawServer((socket) => socket.write(response('page')));
		await using proxy = await startSocksServer();
		const hosts = { [`proxy.example:${proxy.port}`]: '127.0.0.1' };
		await using client = new HttpClient({ proxy: `socks5://proxy.example:${proxy.port}`, dns: { hosts } });
		expect((await client.read(server.origin)).status).toBe(200);
	});
});

describe('https: goes through', () => {
	it('secured up to the server, under its own name', async () => {
		await using server = await startHttpsServer(certified);
		await using proxy = await startSocksServer({ names: NAMES, credentials: 'user:p@ss' });
		const url = `https://shop.example:${server.port}/`;
		const options = { proxy: `socks5h://user:p%40ss@127.0.0.1:${proxy.port}`, retry: false } as const;
		await using client = new HttpClient({ ...options, tls: { ca: authority.cert } });
		expect((await client.read(url)).body.toString()).toBe('secured');
		expect(server.serverNames).toEqual(['shop.example']);
		await using stranger = new HttpClient(options);
		expect(await rejection(stranger.read(url))).toMatchObject({ code: 'ORB_HTTP_TLS' });
	});

	it('with HTTP/2', async () => {
		await using server = await startH2Server({ certified }, (_request, answer) => answer.end('page'));
		await using proxy = await startSocksServer({ names: NAMES });
		const url = server.origin.replace('localhost', 'shop.example');
		await using client = new HttpClient({
			proxy: `socks5h://127.0.0.1:${proxy.port}`,
			http2: true,
			tls: { ca: authority.cert },
		});
		await Promise.all(Array.from({ length: 5 }, () => client.read(url)));
		expect(server.requests).toEqual(Array(5).fill('GET / 2.0'));
		expect(proxy.targets).toHaveLength(1);
	});
});

describe('a failure is a ConnectError that names the proxy, never the password', () => {
	const url = 'http://shop.example/';

	it.each<[string, SocksServerOptions, string]>([
		['a wrong password', { credentials: 'user:other' }, 'Socks5 Authentication failed'],
		['a refusal', { refusal: 2 }, 'NotAllowed'],
		['a host it cannot reach', { refusal: 4 }, 'HostUnreachable'],
		['hanging up at once', { hangsUpAfter: 'connection' }, 'Socket closed'],
		['hanging up in the handshake', { hangsUpAfter: 'greeting' }, 'Socket closed'],
		['hanging up instead of connecting', { hangsUpAfter: 'request' }, 'Socket closed'],
	])('%s', async (_name, options, detail) => {
		await using proxy = await startSocksServer(options);
		await using client = new HttpClient({ proxy: `socks5h://user:secret@127.0.0.1:${proxy.port}`, retry: false });
		const error = await rejection(client.read(url));
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'proxy' });
		expect(String(error)).toContain(`the proxy socks5h://127.0.0.1:${proxy.port} opened no way: `);
		expect(String(error)).toContain(detail);
		for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
			expect(JSON.stringify(cause) + String(cause) + cause.stack).not.toContain('secret');
		}
		await until(() => proxy.open === 0 && client.stats.running === 0 && client.stats.pools === 0);
	});

	it('a refusal of version 4, which has no IPv6 either', async () => {
		await using proxy = await startSocksServer({ refusal: 91 });
		await using client = new HttpClient({ proxy: `socks4://127.0.0.1:${proxy.port}`, retry: false });
		expect(String(await rejection(client.read('http://127.0.0.1/')))).toContain('opened no way: ');
		expect(String(await rejection(client.read('http://[::1]/')))).toContain('opens no way to IPv6: it is SOCKS 4.');
	});

	it('nobody there', async () => {
		await using client = new HttpClient({ proxy: 'socks5://user:secret@127.0.0.1:1', retry: false });
		const error = await rejection(client.read('http://127.0.0.1/'));
		expect(error).toMatchObject({
			code: 'ORB_HTTP_CONNECT',
			reason: 'proxy',
			cause: { cause: { code: 'ECONNREFUSED' } },
		});
		expect(String(error)).toContain('the proxy socks5://127.0.0.1:1 opened no way: ');
	});

	it('a name that the client was to resolve is no fault of the proxy', async () => {
		await using proxy = await startSocksServer();
		await using client = new HttpClient({
			proxy: `socks5://127.0.0.1:${proxy.port}`,
			retry: false,
			dns: { family: 4 },
		});
		expect(await rejection(client.read('http://shop.invalid/'))).toMatchObject({ reason: 'dns' });
		expect(proxy.targets).toEqual([]);
	});
});

describe('connectMs', () => {
	it.each(['connection', 'greeting', 'request'] as const)('covers silence after the %s', async (silentAfter) => {
		await using proxy = await startSocksServer({ silentAfter });
		await using client = new HttpClient({
			proxy: `socks5h://127.0.0.1:${proxy.port}`,
			timeouts: { connectMs: 80 },
			retry: false,
		});
		const error = await rejection(client.read('https://shop.example/'));
		expect(error).toMatchObject({ code: 'ORB_HTTP_TIMEOUT', phase: 'connect', limitMs: 80 });
		await until(() => proxy.open === 0 && client.stats.pools === 0);
	});

	it('covers the handshake with the server behind it', async () => {
		await using silent = await startRawServer(() => undefined);
		await using proxy = await startSocksServer({ names: NAMES });
		await using client = new HttpClient({
			proxy: `socks5h://127.0.0.1:${proxy.port}`,
			timeouts: { connectMs: 200 },
			retry: false,
		});
		const error = await rejection(client.read(`https://shop.example:${silent.port}/`));
		expect(error).toMatchObject({ code: 'ORB_HTTP_TIMEOUT', phase: 'connect' });
		await until(() => proxy.open === 0 && silent.open === 0);
	});
});
