import { startWebSocketServer, type WebSocketServer } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import type { Auth } from '../../src/auth/auth.ts';
import { AbortedError, AuthError, TimeoutError } from '../../src/errors.ts';
import { connectWebSocket } from '../../src/websocket/connect-websocket.ts';
import type { UpgradeCookies } from '../../src/websocket/websocket-context.ts';
import { WebSocketError } from '../../src/websocket/websocket-error.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';
import { testContext } from './support/context.ts';

/** A token that is wrong until it is renewed, and what was asked of it. */
function renewable(tokens: string[]): Auth & { asked: unknown[] } {
	const asked: unknown[] = [];
	return {
		asked,
		authorize: ({ method, url, path }) => {
			asked.push(`authorize ${method} ${url} ${path}`);
			return `Bearer ${tokens[0]}`;
		},
		renew: async (_request, { authorization, headers }) => {
			asked.push(`renew ${authorization} ${headers['www-authenticate']}`);
			tokens.shift();
			return tokens.length > 0;
		},
	};
}

const sentAuthorization = (server: WebSocketServer): unknown[] =>
	server.log.requests.map(({ headers }) => headers.authorization);

describe('credentials', () => {
	it('are renewed once when the server says 401, and the upgrade is sent again', async () => {
		await using server = await startWebSocketServer({ token: 'fresh' });
		const auth = renewable(['stale', 'fresh']);
		await using connection = await connectWebSocket(testContext({ auth }), `${server.wsUrl}/echo?a=b`);
		expect(connection.state).toBe('open');
		expect(auth.asked).toEqual([
			`authorize GET ${server.url}/echo?a=b /echo?a=b`,
			'renew Bearer stale Bearer',
			`authorize GET ${server.url}/echo?a=b /echo?a=b`,
		]);
		expect(sentAuthorization(server)).toEqual(['Bearer stale', 'Bearer fresh']);
	});

	it('that stay wrong are not sent a third time', async () => {
		await using server = await startWebSocketServer({ token: 'fresh' });
		const auth = renewable(['stale', 'wrong', 'fresh']);
		const error = await rejection(connectWebSocket(testContext({ auth }), `${server.wsUrl}/echo`));
		expect(error).toBeInstanceOf(WebSocketError);
		expect(error).toMatchObject({ reason: 'refused-upgrade', status: 401 });
		expect(server.log.requests).toHaveLength(2);
	});

	it.each([
		['nothing new to offer', renewable(['stale'])],
		['no renew', { authorize: () => 'Bearer stale' }],
		['no auth at all', undefined],
	])('401 and %s: one request', async (_name, auth) => {
		await using server = await startWebSocketServer({ token: 'fresh' });
		const error = await rejection(connectWebSocket(testContext({ auth }), `${server.wsUrl}/echo`));
		expect(error).toMatchObject({ status: 401, excerpt: expect.stringContaining('A token is wanted') });
		expect(server.log.requests).toHaveLength(1);
	});

	it('are not renewed for another refusal', async () => {
		await using server = await startWebSocketServer();
		server.refuseNext(1, 403);
		const auth = renewable(['a', 'b']);
		expect(await rejection(connectWebSocket(testContext({ auth }), `${server.wsUrl}/echo`))).toMatchObject({
			status: 403,
		});
		expect(server.log.requests).toHaveLength(1);
	});

	it('go to their own origin only; ws: and http: are one', async () => {
		await using server = await startWebSocketServer();
		const auth = { authorize: () => 'Bearer secret' };
		const own = testContext({ auth, authOrigin: server.url });
		const foreign = testContext({ auth, authOrigin: 'http://api.example' });
		for (const context of [own, foreign]) {
			await using _connection = await connectWebSocket(context, `${server.wsUrl}/echo`);
		}
		expect(sentAuthorization(server)).toEqual(['Bearer secret', undefined]);
	});

	it('of the connection, its header and its URL come before those of the client', async () => {
		await using server = await startWebSocketServer();
		const context = testContext({ auth: { authorize: () => 'Bearer client' } });
		const auth = { authorize: () => 'Bearer own' };
		const named = `ws://me:pw@127.0.0.1:${server.port}/echo`;
		const basic = `Basic ${Buffer.from('me:pw').toString('base64')}`;
		const connections = [
			await connectWebSocket(context, `${server.wsUrl}/echo`, { auth }),
			await connectWebSocket(context, `${server.wsUrl}/echo`, { auth: false }),
			await connectWebSocket(context, named),
			await connectWebSocket(context, named, { headers: { Authorization: 'Token x' } }),
		];
		for (const connection of connections) connection.terminate();
		expect(sentAuthorization(server)).toEqual(['Bearer own', undefined, basic, 'Token x']);
		expect(connections[2]?.url).toBe(`${server.wsUrl}/echo`);
	});

	it('that cannot be had are an AuthError', async () => {
		const failure = new Error('no network');
		const authorize = (): never => {
			throw failure;
		};
		const error = await rejection(connectWebSocket(testContext({ auth: { authorize } }), 'ws://127.0.0.1:1/'));
		expect(error).toBeInstanceOf(AuthError);
		expect(error).toMatchObject({ cause: failure, url: 'ws://127.0.0.1:1/' });
	});

	it('that never come are waited for as long as totalMs and the signal allow', async () => {
		const auth = { authorize: () => new Promise<string>(() => undefined) };
		const late = connectWebSocket(testContext({ auth }), 'ws://127.0.0.1:1/', { timeouts: { totalMs: 20 } });
		expect(await rejection(late)).toBeInstanceOf(TimeoutError);
		const controller = new AbortController();
		const { signal } = controller;
		const aborted = rejection(connectWebSocket(testContext({ auth }), 'ws://127.0.0.1:1/', { signal }));
		controller.abort();
		expect(await aborted).toBeInstanceOf(AbortedError);
	});

	it('are asked for anew for each reconnect', async () => {
		await using server = await startWebSocketServer();
		let asked = 0;
		const context = testContext({ auth: { authorize: async () => `Bearer ${++asked}` } });
		const reconnect = { baseMs: 1, maxDelayMs: 1 };
		await using connection = await connectWebSocket(context, `${server.wsUrl}/feed`, { reconnect });
		server.drop();
		await until(() => server.opened === 2 && connection.state === 'open');
		expect(sentAuthorization(server)).toEqual(['Bearer 1', 'Bearer 2']);
	});
});

describe('cookies', () => {
	/** A jar that always says the same, and what was asked of it. */
	function jar(cookies: string): UpgradeCookies & { readonly calls: unknown[] } {
		const calls: unknown[] = [];
		return {
			calls,
			getCookieString: (url) => {
				calls.push(url);
				return cookies;
			},
			setFromResponse: async (url, headers) => {
				calls.push([url, headers['set-cookie']]);
			},
		};
	}

	it('are sent, and taken from a refusal', async () => {
		const set = 'Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n';
		await using server = await startRawServer((socket) => void socket.write(response('', set, '403 Forbidden')));
		const cookies = jar('token=x; other=y');
		const url = `${server.origin}/feed`;
		await rejection(connectWebSocket(testContext({ cookies }), url.replace('http', 'ws')));
		expect(server.requests[0]).toMatch(/\r\ncookie: token=x; other=y\r\n/i);
		expect(cookies.calls).toEqual([url, [url, ['a=1', 'b=2']]]);
	});

	it('are taken from a success too, and an own header comes first', async () => {
		await using server = await startWebSocketServer({ token: 'own' });
		const cookies = jar('token=jar');
		const headers = { cookie: 'token=own' };
		await using _connection = await connectWebSocket(testContext({ cookies }), `${server.wsUrl}/echo`, { headers });
		expect(cookies.calls).toEqual([[`${server.url}/echo`, undefined]]);
	});

	it('that cannot be kept end the connection', async () => {
		await using server = await startWebSocketServer();
		const failure = new Error('the jar is full');
		const cookies = { getCookieString: () => '', setFromResponse: () => Promise.reject(failure) };
		const error = await rejection(connectWebSocket(testContext({ cookies }), `${server.wsUrl}/echo`));
		expect(error).toBe(failure);
		await until(() => server.connections === 0);
	});
});

it('sends the headers of the client and its own, and does not ask for encodings', async () => {
	await using server = await startWebSocketServer();
	const headers = { 'X-List': ['a', 'b'], Origin: 'https://shop.example' };
	await using _connection = await connectWebSocket(testContext(), `${server.wsUrl}/echo`, { headers });
	const sent = server.log.requests[0]?.headers;
	expect(sent).toMatchObject({ 'user-agent': 'orbweaver', 'x-list': 'a, b', origin: 'https://shop.example' });
	expect(sent).not.toHaveProperty('accept-encoding');
});
