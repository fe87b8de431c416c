import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startMonitor } from '../../src/start-monitor.ts';

const TOKEN = 'a-token-of-the-tests';

interface Reply {
	readonly status: number;
	readonly headers: Record<string, string | string[] | undefined>;
	readonly body: string;
}

function ask(url: string, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
	return new Promise((resolve, reject) => {
		// node:http sends paths and the Host header as they are given, where fetch would tidy them.
		request(url, { path, headers, method, agent: false }, (response) => {
			const { statusCode: status = 0, headers } = response;
			text(response).then((body) => resolve({ status, headers, body }), reject);
		})
			.on('error', reject)
			.end();
	});
}

/** The status that an upgrade is answered with: 101, or what refused it. */
function upgrade(url: string, path: string, headers: Record<string, string> = {}): Promise<number> {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(url.replace('http', 'ws') + path, { headers });
		socket.on('open', () => {
			socket.terminate();
			resolve(101);
		});
		socket.on('unexpected-response', (_, response) => {
			response.resume();
			resolve(response.statusCode ?? 0);
		});
		socket.on('error', reject);
	});
}

describe('with a token', () => {
	it('refuses an upgrade without it, with a wrong one, and with one in the URL', async () => {
		await using monitor = await startMonitor({ token: TOKEN });
		for (const path of ['/watch', '/publish']) {
			expect(await upgrade(monitor.url, path)).toBe(401);
			expect(await upgrade(monitor.url, `${path}?token=${TOKEN}`)).toBe(401);
			expect(await upgrade(monitor.url, path, { authorization: `Bearer ${TOKEN}x` })).toBe(401);
			expect(await upgrade(monitor.url, path, { authorization: `Basic ${TOKEN}` })).toBe(401);
			expect(await upgrade(monitor.url, path, { cookie: `orbweaver-monitor-${monitor.port}=${TOKEN}` })).toBe(401);
			expect(await upgrade(monitor.url, path, { authorization: `Bearer ${TOKEN}` })).toBe(101);
		}
	});

	it('signs a page in with a cookie that scripts and other sites do not get, and a clean address', async () => {
		await using monitor = await startMonitor({ token: TOKEN });
		const signedIn = await ask(monitor.url, `/?source=shop&token=${TOKEN}`);
		expect(signedIn.status).toBe(303);
		expect(signedIn.headers.location).toBe('/?source=shop');
		const [cookie = ''] = signedIn.headers['set-cookie'] ?? [];
		expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
		expect(cookie).not.toContain(TOKEN);
		const pair = { cookie: `other=1; ${cookie.split(';')[0]}` };
		expect(await upgrade(monitor.url, '/watch', pair)).toBe(101);
		expect((await ask(monitor.url, '/metrics', pair)).status).toBe(200);
	});

	it('shows nothing without it but that it lives', async () => {
		await using monitor = await startMonitor({ token: TOKEN });
		for (const path of ['/', '/metrics', '/index.html', '/?token=wrong', '/vendor/uPlot.js']) {
			const refused = await ask(monitor.url, path);
			expect({ path, status: refused.status }).toEqual({ path, status: 401 });
			expect(refused.headers['www-authenticate']).toBe('Bearer');
		}
		expect(await ask(monitor.url, '/healthz')).toMatchObject({ status: 200, body: 'ok\n' });
		expect((await ask(monitor.url, '/metrics', { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
	});
});

describe('the Origin and the Host', () => {
	it('must be the hub itself', async () => {
		await using monitor = await startMonitor({ hosts: ['monitor.example'] });
		const own = `127.0.0.1:${monitor.port}`;
		expect(await upgrade(monitor.url, '/watch', { origin: monitor.url })).toBe(101);
		for (const origin of ['https://evil.example', 'http://127.0.0.1:1', 'null', `http://${own}.evil.example`, '']) {
			expect({ origin, status: await upgrade(monitor.url, '/watch', { origin }) }).toEqual({ origin, status: 403 });
		}
		for (const host of ['evil.example', `evil.example:${monitor.port}`, 'localhost.evil.example', '127.0.0.1@evil']) {
			expect({ host, status: (await ask(monitor.url, '/metrics', { host })).status }).toEqual({ host, status: 403 });
			expect(await upgrade(monitor.url, '/watch', { host, origin: `http://${host}` })).toBe(403);
		}
		for (const host of [own, `localhost:${monitor.port}`, 'monitor.example', '[::1]:8080', '192.168.1.7']) {
			expect({ host, status: (await ask(monitor.url, '/metrics', { host })).status }).toEqual({ host, status: 200 });
			expect(await upgrade(monitor.url, '/watch', { host, origin: `http://${host}` })).toBe(101);
		}
		// Behind a proxy with TLS, and with the port that a browser leaves out.
		expect(
			await upgrade(monitor.url, '/watch', { host: 'monitor.example:443', origin: 'https://monitor.example' }),
		).toBe(101);
	});
});

describe('what is served', () => {
	it('leaves no file outside of the page to be read', async () => {
		await using monitor = await startMonitor();
		const paths = [
			'/../package.json',
			'/..%2fpackage.json',
			'/%2e%2e/package.json',
			'/vendor/../../package.json',
			'//etc/passwd',
			'/.git/config.json',
			'/index.html%00.js',
			'/..\\package.json',
			'/vendor/uPlot.d.js',
			'*',
		];
		for (const path of paths) {
			const { status } = await ask(monitor.url, path);
			expect({ path, isRefused: status === 404 || status === 400 }).toEqual({ path, isRefused: true });
		}
	});

	it('has its type, a strict policy, and nothing for other sites', async () => {
		await using monitor = await startMonitor();
		const script = await ask(monitor.url, '/vendor/uPlot.js');
		expect(script.status).toBe(200);
		expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
		expect(script.headers['x-content-type-options']).toBe('nosniff');
		expect(script.headers['content-security-policy']).toMatch(
			/^default-src 'none'; script-src 'self'; style-src 'self';/,
		);
		expect(script.headers['access-control-allow-origin']).toBeUndefined();
		expect((await ask(monitor.url, '/vendor/uPlot.css')).headers['content-type']).toBe('text/css; charset=utf-8');
		expect(await ask(monitor.url, '/vendor/uPlot.css', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
		expect((await ask(monitor.url, '/', {}, 'POST')).status).toBe(405);
		expect((await ask(monitor.url, '/nothing.html')).status).toBe(404);
	});
});

describe('connections', () => {
	it('are bounded in number', async () => {
		await using monitor = await startMonitor({ maxWatchers: 1 });
		const first = new WebSocket(`${monitor.url.replace('http', 'ws')}/watch`);
		await new Promise((resolve) => first.on('open', resolve));
		expect(await upgrade(monitor.url, '/watch')).toBe(503);
		expect(await upgrade(monitor.url, '/publish')).toBe(101);
		expect(await upgrade(monitor.url, '/elsewhere')).toBe(404);
		first.terminate();
	});

	it('get 400 for a handshake that is none', async () => {
		await using monitor = await startMonitor();
		const socket = connect(monitor.port, '127.0.0.1');
		socket.end('GET /watch HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
		expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
	});
});
