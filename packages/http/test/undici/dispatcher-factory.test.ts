import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { HttpClient } from '../../src/http-client.ts';
import { publicKeyPin } from '../../src/tls/pins.ts';
import { certificateAuthority } from '../support/certificate.ts';
import { startH2Server } from '../support/h2-server.ts';
import { startHttpProxy } from '../support/http-proxy.ts';
import { startHttpsServer } from '../support/https-server.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { startSocksServer } from '../support/socks-server.ts';
import { rejection, until } from '../support/until.ts';

const authority = certificateAuthority();
const certified = authority.issue();
const tls = { ca: authority.cert };

describe('a proxy', () => {
	it('forwards http:, for the client or for one call', async () => {
		await using proxy = await startHttpProxy({ credentials: 'user:p@ss' });
		const url = proxy.url('user:p%40ss');
		await using client = new HttpClient({ proxy: url });
		const page = await client.read('http://shop.invalid/a?b', { headers: { 'X-List': ['1', '2'] } });
		expect(page.body.toString()).toBe('by proxy: 1, 2');
		expect(page.url).toBe('http://shop.invalid/a?b');
		expect(proxy.requests).toEqual(['GET http://shop.invalid/a?b']);

		await using direct = new HttpClient();
		await using server = await startRawServer((socket) => socket.write(response('direct')));
		expect((await direct.read(server.origin)).body.toString()).toBe('direct');
		expect((await direct.read(server.origin, { proxy: url })).body.toString()).toMatch(/^by proxy/);
	});

	it('tunnels https:, whose certificate is verified', async () => {
		await using server = await startHttpsServer(certified);
		await using proxy = await startHttpProxy({ credentials: 'user:secret' });
		await using client = new HttpClient({ proxy: proxy.url('user:secret'), tls });
		expect((await client.read(server.origin)).body.toString()).toBe('secured');
		expect(proxy.requests).toEqual([`CONNECT localhost:${server.port}`]);
		await using stranger = new HttpClient({ proxy: proxy.url('user:secret'), retry: false });
		expect(await rejection(stranger.read(server.origin))).toMatchObject({ code: 'ORB_HTTP_TLS' });
	});

	it('takes bodies of known length, whichever its kind', async () => {
		await using server = await startRawServer((socket) => socket.write(response('taken')));
		await using http = await startHttpProxy();
		await using socks = await startSocksServer();
		for (const proxy of [http.url(), `socks5://127.0.0.1:${socks.port}`]) {
			await using client = new HttpClient({ proxy, retry: false });
			expect((await client.post(server.origin, { json: [1], headers: { Host: 'shop.invalid' } })).status).toBe(200);
		}
		expect(http.requests).toEqual([`POST ${server.origin}/`]);
		expect(server.requests[0]).toMatch(/^content-length: 3$/im);
		expect(server.requests[0]).toMatch(/^host: shop.invalid$/im);
	});

	it('is left at once by a request that is given up while its way is opened', async () => {
		await using silent = await startRawServer(() => undefined);
		const client = new HttpClient({ proxy: silent.origin, timeouts: { connectMs: 60_000 } });
		const controller = new AbortController();
		const lost = rejection(client.get('https://shop.invalid/', { signal: controller.signal }));
		await until(() => silent.requests.length === 1);
		controller.abort();
		await lost;
		expect(client.stats).toMatchObject({ running: 0, pools: 0 });
		await until(() => silent.open === 0);
		await client.close();
	});

	it('tunnels HTTP/2, many requests through one tunnel', async () => {
		await using server = await startH2Server({ certified }, (_request, answer) => answer.end('page'));
		await using proxy = await startHttpProxy();
		await using client = new HttpClient({ proxy: proxy.url(), tls, http2: true });
		await Promise.all(Array.from({ length: 8 }, () => client.read(server.origin)));
		expect(server.requests).toEqual(Array(8).fill('GET / 2.0'));
		expect(proxy.requests).toHaveLength(1);
	});

	it('may be spoken to over TLS, and is verified as itself', async () => {
		const other = certificateAuthority('Of the proxy');
		await using server = await startHttpsServer(certified);
		await using proxy = await startHttpProxy({ certified: other.issue() });
		const ca = [authority.cert, other.cert];
		// The pin is the server's; the proxy has another key.
		await using client = new HttpClient({ proxy: proxy.url(), tls: { ca, pins: [publicKeyPin(certified.cert)] } });
		expect((await client.read(server.origin)).body.toString()).toBe('secured');
		expect((await client.read('http://shop.invalid/')).body.toString()).toMatch(/^by proxy/);

		for (const unsafe of [{ ca: authority.cert }, { ca, pins: { localhost: [publicKeyPin(authority.cert)] } }]) {
			await using wary = new HttpClient({ proxy: proxy.url(), tls: unsafe, retry: false });
			for (const url of [server.origin, 'http://shop.invalid/']) {
				expect(await rejection(wary.read(url))).toMatchObject({ code: 'ORB_HTTP_TLS' });
			}
		}
	});

	it('is found by a name with a fixed address', async () => {
		await using proxy = await startHttpProxy();
		const { port } = new URL(proxy.url());
		const hosts = { [`proxy.example:${port}`]: '127.0.0.1' };
		await using client = new HttpClient({ proxy: `http://proxy.example:${port}`, dns: { hosts } });
		expect((await client.read('http://shop.invalid/')).body.toString()).toMatch(/^by proxy/);
	});
});

describe('a proxy that fails is named, without its password', () => {
	it.each(['http://shop.invalid/', 'https://shop.invalid/'])('when it refuses %s', async (url) => {
		await using proxy = await startHttpProxy({ credentials: 'user:secret' });
		// Asking again cannot help.
		await using client = new HttpClient({ proxy: proxy.url('user:wrong'), retry: { limit: 5, baseMs: 60_000 } });
		const error = await rejection(client.read(url));
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'proxy-credentials' });
		expect(String(error)).toContain('asks for other credentials (407). Give user name and password in its URL');
		expect(String(error)).not.toContain('wrong');
		await until(() => client.stats.running === 0);
	});

	it.each(['http://shop.invalid/', 'https://shop.invalid/'])('when it is not there for %s', async (url) => {
		await using client = new HttpClient({ proxy: 'http://user:secret@127.0.0.1:1', retry: false });
		const error = await rejection(client.read(url));
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'proxy' });
		expect(String(error)).toContain('the proxy http://127.0.0.1:1 opened no way: ');
	});

	it('when it has no address', async () => {
		await using client = new HttpClient({ proxy: 'http://proxy.invalid:3128', retry: false });
		expect(await rejection(client.read('https://shop.invalid/'))).toMatchObject({ reason: 'proxy' });
	});

	it('when it hangs up', async () => {
		await using rude = await startRawServer((socket) => socket.end());
		await using client = new HttpClient({ proxy: rude.origin, retry: false });
		expect(await rejection(client.read('https://shop.invalid/'))).toMatchObject({ reason: 'proxy' });
		await until(() => client.stats.running === 0 && client.stats.pools === 0);
	});

	it('when it opens no way in time: a TimeoutError, and its connection is closed', async () => {
		await using silent = await startRawServer(() => undefined);
		await using client = new HttpClient({ proxy: silent.origin, timeouts: { connectMs: 120 }, retry: false });
		const error = await rejection(client.read('https://shop.invalid/'));
		expect(error).toMatchObject({ code: 'ORB_HTTP_TIMEOUT', phase: 'connect', limitMs: 120 });
		await until(() => silent.open === 0);
	});
});

it('the environment names proxies for some hosts and none for others', async () => {
	await using server = await startRawServer((socket) => socket.write(response('direct')));
	await using proxy = await startHttpProxy();
	onTestFinished(() => {
		vi.unstubAllEnvs();
	});
	vi.stubEnv('http_proxy', proxy.url());
	vi.stubEnv('no_proxy', '127.0.0.0/8');
	await using client = new HttpClient({ proxy: 'environment' });
	expect((await client.read('http://shop.invalid/')).body.toString()).toMatch(/^by proxy/);
	expect((await client.read(server.origin)).body.toString()).toBe('direct');
	await using unaware = new HttpClient({ retry: false });
	expect(await rejection(unaware.read('http://shop.invalid/'))).toMatchObject({ reason: 'dns' });
});

it('any number of connections may be allowed', async () => {
	await using server = await startRawServer((socket) => setTimeout(() => socket.write(response('page')), 100));
	const limits = { total: Number.POSITIVE_INFINITY, perHost: Number.POSITIVE_INFINITY };
	await using client = new HttpClient({ limits });
	await Promise.all(Array.from({ length: 30 }, () => client.read(server.origin)));
	expect(server.accepted).toBe(30);
});
