import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startServer } from '../../src/server/start-server.ts';

test('each server has a port of its own and ends with its scope', async () => {
	let url: string;
	{
		await using one = await startServer({ '/': 'one' });
		await using two = await startServer({ '/': 'two' });
		expect(one.port).not.toBe(two.port);
		expect(await (await fetch(two.url)).text()).toBe('two');
		url = one.url;
	}
	await expect(fetch(url)).rejects.toThrow();
});

test('closing cuts what is still in flight, and may be done twice', async () => {
	const server = await startServer(() => {});
	const outcome = fetch(server.url).then(
		() => 'answered',
		() => 'cut',
	);
	while (server.log.inFlight === 0) await sleep(1);
	await Promise.all([server.close(), server.close()]);
	expect(await outcome).toBe('cut');
	expect(server.log.inFlight).toBe(0);
});

test.each(['0.0.0.0', '::', '192.0.2.1', 'example.com', '127.0.0.1.example.com'])('%s is refused', async (hostname) => {
	await expect(startServer({}, { hostname })).rejects.toThrow(`hostname must be loopback`);
});

test('other loopback addresses are welcome', async () => {
	await using server = await startServer({ '/': 'hello' }, { hostname: '127.9.9.9' });
	expect(server.url).toMatch(/^http:\/\/127\.9\.9\.9:\d+$/);
	expect(await (await fetch(server.url)).text()).toBe('hello');
});

test('a port that is taken is an error', async () => {
	await using server = await startServer({});
	await expect(startServer({}, { port: server.port })).rejects.toThrow('EADDRINUSE');
});

test('a handler that throws answers 500 with its message', async () => {
	await using server = await startServer(() => {
		throw new Error('no teapot');
	});
	const response = await fetch(server.url);
	expect(response.status).toBe(500);
	expect(await response.text()).toContain('no teapot');
});

test('a handler that throws after it began cuts the connection', async () => {
	await using server = await startServer(async (_, response) => {
		await new Promise<void>((resolve) => response.write('half', () => resolve()));
		throw new Error('no more');
	});
	await expect(fetch(server.url).then((response) => response.text())).rejects.toThrow();
});

test('a path that begins with two slashes is a path', async () => {
	await using server = await startServer((_, response, url) => void response.end(url.href));
	expect(await rawGet(server.port, '//evil/x?y', 'shop.test')).toContain('http://shop.test//evil/x?y');
});

test('a Host that is no host is 400', async () => {
	await using server = await startServer({ '/': 'hello' });
	expect(await rawGet(server.port, '/', 'a b')).toMatch(/^HTTP\/1\.1 400 /);
});

function rawGet(port: number, target: string, host: string): Promise<string> {
	return new Promise((resolve, reject) => {
		let text = '';
		const socket = connect(port, '127.0.0.1', () => {
			socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
		});
		socket.setEncoding('utf8');
		socket.on('data', (chunk) => {
			text += chunk;
		});
		socket.on('end', () => resolve(text));
		socket.on('error', reject);
	});
}
