import { expect, it } from 'vitest';
import { HttpClient } from '../../src/index.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';

it('holds a bounded number of idle origins, however many were visited', async () => {
	await using server = await startRawServer((socket) => socket.write(response('page', 'Keep-Alive: timeout=60\r\n')), {
		host: '0.0.0.0',
	});
	await using client = new HttpClient();
	const hosts = Array.from({ length: 1_500 }, (_, i) => `http://127.1.${i >> 8}.${i & 255}:${server.port}/`);
	const lanes = Array.from({ length: 20 }, async () => {
		for (let url = hosts.pop(); url !== undefined; url = hosts.pop()) await client.read(url);
	});
	await Promise.all(lanes);
	expect(server.accepted).toBe(1_500);
	expect(client.stats.pools).toBe(1_024);
	await until(() => client.stats.connections === 1_024 && server.open === 1_024);
});

it('lets an origin go as soon as it has neither work nor a connection', async () => {
	await using server = await startRawServer((socket) => socket.end(response('page', 'Connection: close\r\n')));
	await using client = new HttpClient();
	await client.read(server.origin);
	await until(() => client.stats.pools === 0);
	await rejection(client.read('http://127.0.0.1:1/'));
	await until(() => client.stats.pools === 0);
	expect(client.stats.connections).toBe(0);
});

it('lets an origin go when the server closes its idle connections', async () => {
	const close: (() => void)[] = [];
	await using server = await startRawServer((socket) => {
		socket.write(response('page'));
		close.push(() => socket.end());
	});
	await using client = new HttpClient();
	await client.read(server.origin);
	expect(client.stats).toMatchObject({ pools: 1, connections: 1 });
	for (const end of close) end();
	await until(() => client.stats.pools === 0);
});
