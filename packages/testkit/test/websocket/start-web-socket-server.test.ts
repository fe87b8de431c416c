import { expect, test } from 'vitest';
import { startWebSocketServer } from '../../src/index.ts';
import { ask } from '../files/ask.ts';
import { connectTo, until } from './client.ts';

test('/echo sends back what it gets and notes it', async () => {
	await using server = await startWebSocketServer();
	const { socket, messages } = await connectTo(`${server.wsUrl}/echo?who=me`, { headers: { 'X-Id': '7' } });
	socket.send('hällo');
	socket.send(Buffer.from([0, 255, 1]));
	socket.send('');
	await until(() => messages.length === 3);
	expect(messages).toEqual(['hällo', Buffer.from([0, 255, 1]), '']);
	expect(server.received.map(({ data }) => data)).toEqual(messages);
	expect(server.received[0]).toMatchObject({ url: '/echo?who=me', headers: { 'x-id': '7' } });
	expect([socket.extensions, socket.protocol]).toEqual(['', '']);
	expect(server.log.requests).toMatchObject([{ url: '/echo?who=me', status: 101 }]);
	expect(server.log.inFlight).toBe(0);
});

test('the client of Node may come with http in its URL', async () => {
	await using server = await startWebSocketServer();
	const socket = new WebSocket(`${server.url}/echo`);
	const answer = new Promise((resolve) => socket.addEventListener('message', ({ data }) => resolve(data)));
	socket.addEventListener('open', () => socket.send('hello'));
	expect(await answer).toBe('hello');
});

test('compression when asked for', async () => {
	await using server = await startWebSocketServer({ compression: true });
	const { socket, messages } = await connectTo(`${server.wsUrl}/echo`);
	expect(socket.extensions).toContain('permessage-deflate');
	socket.send('x'.repeat(100_000));
	await until(() => messages.length === 1);
	expect(messages[0]).toBe('x'.repeat(100_000));
});

test('an echo that nobody reads stops the reading', async () => {
	await using server = await startWebSocketServer();
	const { socket, messages } = await connectTo(`${server.wsUrl}/echo`);
	socket.pause();
	const count = 160;
	for (let n = 0; n < count; n += 1) socket.send(Buffer.alloc(256 * 1024, n));
	let before = -1;
	while (server.received.length !== before) {
		before = server.received.length;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	expect(before).toBeLessThan(count);
	socket.resume();
	await until(() => messages.length === count);
	expect(messages.map((message) => message[0])).toEqual(Array.from({ length: count }, (_, n) => n % 256));
});

test('/feed misses nothing when its client comes back', async () => {
	await using server = await startWebSocketServer();
	server.publish('before');
	const first = await connectTo(`${server.wsUrl}/feed`);
	server.publish({ price: 1 });
	await until(() => first.messages.length === 1);
	server.drop();
	expect(await first.closed).toBe(1006);
	server.publish({ price: 2 });
	expect(server.publish({ price: 3 })).toBe(4);
	const { id } = JSON.parse(String(first.messages[0]));
	const second = await connectTo(`${server.wsUrl}/feed?from=${id}`);
	server.publish({ price: 4 });
	await until(() => second.messages.length === 3);
	expect([...first.messages, ...second.messages].map((message) => JSON.parse(String(message)))).toEqual(
		[1, 2, 3, 4].map((price) => ({ id: price + 1, data: { price } })),
	);
});

test('/flood sends what was asked for, numbered, and closes', async () => {
	await using server = await startWebSocketServer();
	const { messages, closed } = await connectTo(`${server.wsUrl}/flood?bytes=1000&count=50`);
	expect(await closed).toBe(1000);
	expect(messages.map((message) => Buffer.from(message).readUInt32BE())).toEqual([...Array(50).keys()]);
	expect(server.flooded).toBe(50_000);
});

test.each([false, true])('a slow reader stops /flood, compression %s', async (compression) => {
	await using server = await startWebSocketServer({ compression });
	const { socket } = await connectTo(`${server.wsUrl}/flood?bytes=262144`);
	expect(socket.extensions.includes('permessage-deflate')).toBe(compression);
	socket.pause();
	let before = -1;
	while (server.flooded !== before || before <= 0) {
		before = server.flooded;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	socket.resume();
	await until(() => server.flooded > before);
});

test.each([
	[{}, 401],
	[{ authorization: 'Bearer wrong' }, 401],
	[{ authorization: 'Bearer secret' }, 101],
	[{ cookie: 'token=secret' }, 101],
])('with a token, %j gets %i', async (headers, status) => {
	await using server = await startWebSocketServer({ token: 'secret' });
	const client = connectTo(`${server.wsUrl}/echo`, { headers });
	if (status === 101) await client;
	else await expect(client).rejects.toThrow(`Unexpected server response: ${status}`);
	expect(server.log.requests).toMatchObject([{ status }]);
	expect(server.opened).toBe(status === 101 ? 1 : 0);
});

test('a refusal is a whole response', async () => {
	await using server = await startWebSocketServer({ token: 'secret' });
	const { status, headers, body } = await ask(`${server.url}/echo`, { connection: 'Upgrade', upgrade: 'websocket' });
	expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer']);
	expect(body.toString()).toBe('A token is wanted: Authorization: Bearer, or the cookie named token\n');
});

test('the next upgrades can be refused', async () => {
	await using server = await startWebSocketServer();
	server.refuseNext(2, 503);
	for (let n = 0; n < 2; n += 1) await expect(connectTo(`${server.wsUrl}/echo`)).rejects.toThrow('503');
	await connectTo(`${server.wsUrl}/echo`);
	expect(server.log.requests.map(({ status }) => status)).toEqual([503, 503, 101]);
	expect(() => server.refuseNext(1, 99)).toThrow('status must be a whole number from 200 to 599, got 99');
});

test('the first subprotocol that both speak is taken', async () => {
	await using server = await startWebSocketServer({ subprotocols: ['v1', 'v2'] });
	const both = await connectTo(`${server.wsUrl}/echo`, { protocols: ['v3', 'v2', 'v1'] });
	expect(both.socket.protocol).toBe('v2');
	await expect(connectTo(`${server.wsUrl}/echo`, { protocols: ['v3'] })).rejects.toThrow('no subprotocol');
});

test('pings are answered and counted', async () => {
	await using server = await startWebSocketServer();
	const { socket } = await connectTo(`${server.wsUrl}/feed`);
	const pong = new Promise((resolve) => socket.once('pong', resolve));
	socket.ping('are you there?');
	expect(String(await pong)).toBe('are you there?');
	expect(server.pings).toBe(1);
});

test('who vanished says nothing, and goes on when it appears', async () => {
	await using server = await startWebSocketServer();
	const feed = await connectTo(`${server.wsUrl}/feed`);
	const echo = await connectTo(`${server.wsUrl}/echo`);
	let pongs = 0;
	echo.socket.on('pong', () => {
		pongs += 1;
	});
	server.vanish();
	server.vanish();
	server.publish('unheard');
	echo.socket.ping();
	echo.socket.send('hello?');
	// A new connection is not concerned; once it has its answers, the others had the time for theirs.
	const other = await connectTo(`${server.wsUrl}/feed?from=0`);
	other.socket.ping();
	await new Promise((resolve) => other.socket.once('pong', resolve));
	await until(() => other.messages.length === 1);
	expect([feed.messages, echo.messages, pongs, server.pings]).toEqual([[], [], 0, 1]);
	expect([server.connections, feed.socket.readyState]).toEqual([3, feed.socket.OPEN]);
	server.appear();
	await until(() => feed.messages.length === 1 && echo.messages.length === 1 && pongs === 1);
});

test('connections are counted, open and ever, and how they ended', async () => {
	await using server = await startWebSocketServer();
	const clients = [await connectTo(`${server.wsUrl}/echo`), await connectTo(`${server.wsUrl}/feed`)];
	expect([server.connections, server.opened]).toEqual([2, 2]);
	clients[0]?.socket.close(4000, 'enough');
	await until(() => server.connections === 1);
	server.closeAll(1012, 'restart');
	expect(await clients[1]?.closed).toBe(1012);
	await until(() => server.connections === 0);
	(await connectTo(`${server.wsUrl}/echo`)).socket.terminate();
	await until(() => server.ends.length === 3);
	expect(server.opened).toBe(3);
	expect(server.ends.map(({ code }) => code)).toEqual([4000, 1012, 1006]);
	expect(server.ends[0]?.reason).toBe('enough');
});

test('closing the server cuts all, those who vanished too, and may be done twice', async () => {
	const server = await startWebSocketServer();
	const clients = await Promise.all(
		['/echo', '/feed', '/flood'].map((path) => connectTo(server.wsUrl + path, { maxPayload: 0 })),
	);
	server.vanish();
	await Promise.all([server.close(), server.close()]);
	expect(await Promise.all(clients.map(({ closed }) => closed))).toEqual([1006, 1006, 1006]);
	expect([server.connections, server.log.inFlight]).toEqual([0, 0]);
	await expect(connectTo(`${server.wsUrl}/echo`)).rejects.toThrow('ECONNREFUSED');
});

test('what is no WebSocket is told so', async () => {
	await using server = await startWebSocketServer();
	const plain = await fetch(`${server.url}/echo`);
	expect([plain.status, plain.headers.get('upgrade')]).toEqual([426, 'websocket']);
	await expect(connectTo(`${server.wsUrl}/nothing`)).rejects.toThrow('404');
	const { status } = await ask(`${server.url}/echo`, { connection: 'Upgrade', upgrade: 'something-else' });
	expect(status).toBe(400);
	expect(server.log.requests.map((logged) => logged.status)).toEqual([426, 404, 400]);
});

test('only on loopback', async () => {
	await expect(startWebSocketServer({ hostname: '0.0.0.0' })).rejects.toThrow('hostname must be loopback');
});
