import { startWebSocketServer } from '@orbweaver/testkit';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { bearerAuth, CookieJar, HttpClient, MockTransport } from '../src/index.ts';
import { selfSignedCertificate } from './support/certificate.ts';
import { startHttpProxy } from './support/http-proxy.ts';
import { startRawServer } from './support/raw-server.ts';
import { startSocksServer } from './support/socks-server.ts';
import { rejection, until } from './support/until.ts';

/** Sends a word to the server's echo and hands out what comes back. */
async function echo(client: HttpClient, url: string): Promise<string> {
	await using connection = await client.connect(url);
	await connection.send('hello');
	for await (const message of connection) return message.text();
	throw new Error('The connection ended without a message.');
}

describe('connect', () => {
	it('takes over base URL, headers, credentials and cookies of the client', async () => {
		await using server = await startWebSocketServer({ token: 'letmein' });
		const jar = new CookieJar();
		jar.setCookie('id=7', server.url);
		await using client = new HttpClient({
			baseUrl: `${server.url}/`,
			userAgent: 'watcher/1',
			headers: { 'X-Team': 'search' },
			auth: bearerAuth(() => 'letmein'),
			cookies: jar,
		});
		expect(await echo(client, 'echo')).toBe('hello');
		expect(server.received[0]?.headers).toMatchObject({
			'user-agent': 'watcher/1',
			'x-team': 'search',
			authorization: 'Bearer letmein',
			cookie: 'id=7',
		});
	});

	it('ends with the client: closed in good order by close, cut off by destroy', async () => {
		await using server = await startWebSocketServer();
		const closing = new HttpClient();
		const closed = await closing.connect(`${server.wsUrl}/echo`);
		await closing.close();
		expect(await closed.closed).toMatchObject({ code: 1000 });
		const destroying = new HttpClient();
		const destroyed = await destroying.connect(`${server.wsUrl}/echo`);
		const reading = rejection(destroyed[Symbol.asyncIterator]().next());
		await destroying.destroy();
		expect(await reading).toMatchObject({ code: 'ORB_HTTP_ABORTED' });
		await until(() => server.connections === 0);
	});

	it('is refused by a client that is closed, and by one without a network', async () => {
		const client = new HttpClient();
		await client.close();
		expect(String(await rejection(client.connect('ws://127.0.0.1:1/')))).toContain('The client is closed');
		await using mocked = new HttpClient({ transport: new MockTransport(() => ({})) });
		expect(String(await rejection(mocked.connect('ws://api.test/')))).toContain('has a transport instead');
	});

	it('that is under way when the client closes comes to nothing', async () => {
		await using server = await startWebSocketServer();
		const client = new HttpClient();
		const connecting = rejection(client.connect(`${server.wsUrl}/echo`));
		await client.close();
		expect(String(await connecting)).toContain('closed while it connected');
		await until(() => server.connections === 0);
	});

	it('goes to the addresses that dns.hosts gives, for a port too', async () => {
		await using server = await startWebSocketServer();
		const hosts = { [`feed.test:${server.port}`]: '127.0.0.1' };
		await using client = new HttpClient({ dns: { hosts } });
		expect(await echo(client, `ws://feed.test:${server.port}/echo`)).toBe('hello');
	});

	it('refuses what is no URL', async () => {
		await using client = new HttpClient();
		expect(String(await rejection(client.connect('feed')))).toContain('"feed", which is not an absolute URL');
	});
});

describe('through a proxy', () => {
	it('goes by CONNECT, with user name and password', async () => {
		await using server = await startWebSocketServer();
		await using proxy = await startHttpProxy({ credentials: 'ada:secret' });
		await using client = new HttpClient({ proxy: proxy.url('ada:secret') });
		expect(await echo(client, `${server.wsUrl}/echo`)).toBe('hello');
		expect(proxy.requests).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
	});

	it('goes by CONNECT through a proxy that speaks TLS', async () => {
		const certified = selfSignedCertificate();
		await using server = await startWebSocketServer();
		await using proxy = await startHttpProxy({ certified });
		await using client = new HttpClient({ proxy: proxy.url(), tls: { ca: certified.cert } });
		expect(await echo(client, `${server.wsUrl}/echo`)).toBe('hello');
		expect(proxy.requests).toHaveLength(1);
	});

	it('goes by SOCKS', async () => {
		await using server = await startWebSocketServer();
		await using proxy = await startSocksServer();
		await using client = new HttpClient({ proxy: `socks5://127.0.0.1:${proxy.port}` });
		expect(await echo(client, `${server.wsUrl}/echo`)).toBe('hello');
		expect(proxy.targets).toEqual([`5 127.0.0.1:${server.port}`]);
	});

	it('goes by the one that the environment names', async () => {
		await using server = await startWebSocketServer();
		await using proxy = await startHttpProxy();
		vi.stubEnv('http_proxy', proxy.url());
		vi.stubEnv('no_proxy', '');
		onTestFinished(() => void vi.unstubAllEnvs());
		await using client = new HttpClient({ proxy: 'environment' });
		expect(await echo(client, `${server.wsUrl}/echo`)).toBe('hello');
		expect(proxy.requests).toHaveLength(1);
	});

	it.each([
		['is not there', 'http://127.0.0.1:1/'],
		['is not there', 'socks5://127.0.0.1:1/'],
	])('that %s (%s) is named, and nothing goes another way', async (_, proxy) => {
		await using server = await startWebSocketServer();
		await using client = new HttpClient({ proxy });
		const error = await rejection(client.connect(`${server.wsUrl}/echo`));
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'proxy' });
		expect(server.opened).toBe(0);
	});

	it('that refuses is named without its password', async () => {
		await using server = await startWebSocketServer();
		await using proxy = await startHttpProxy({ credentials: 'ada:secret' });
		await using client = new HttpClient({ proxy: proxy.url('ada:wrong') });
		const error = await rejection(client.connect(`${server.wsUrl}/echo`));
		expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'proxy-credentials' });
		expect(String(error)).toContain('asks for other credentials (407). Give user name and password in its URL');
		expect(String(error)).not.toContain('wrong');
	});

	it('that says nothing is given up with connectMs', async () => {
		await using server = await startRawServer(() => undefined);
		for (const scheme of ['http', 'socks5']) {
			await using silent = new HttpClient({
				proxy: `${scheme}://127.0.0.1:${server.port}`,
				timeouts: { connectMs: 200 },
			});
			const error = await rejection(silent.connect('ws://127.0.0.1:9/'));
			expect(error).toMatchObject({ code: 'ORB_HTTP_TIMEOUT', phase: 'connect' });
		}
		await until(() => server.open === 0);
	});
});
