import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { floodUrl, startFloodServer } from '../../src/server/flood-server.ts';

test('it sends as many messages as it is asked for, tells how many, and closes normally', async () => {
	await using server = await startFloodServer();
	const socket = new WebSocket(floodUrl(server.first.url, 300, 1000));
	const messages: Buffer[] = [];
	socket.on('message', (data: Buffer, isBinary) => {
		expect(isBinary).toBe(true);
		messages.push(data);
	});
	const [code] = await once(socket, 'close');
	expect(code).toBe(1000);
	expect(messages).toHaveLength(1000);
	expect(new Set(messages.map(String))).toEqual(new Set(['x'.repeat(300)]));
	expect((await server.report()).sent).toBe(1000);
	expect((await server.report()).sent).toBe(0);
});

test('one that goes away in the middle stops its flood only', async () => {
	await using server = await startFloodServer();
	const leaving = new WebSocket(floodUrl(server.first.url, 4096, 1_000_000));
	await once(leaving, 'message');
	leaving.terminate();
	await once(leaving, 'close');
	const staying = new WebSocket(floodUrl(server.first.url, 4, 10));
	let received = 0;
	staying.on('message', () => {
		received += 1;
	});
	await once(staying, 'close');
	expect(received).toBe(10);
	expect((await server.report()).sent).toBeLessThan(1_000_010);
});
