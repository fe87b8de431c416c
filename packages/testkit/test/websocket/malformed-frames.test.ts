import { describe, expect, test } from 'vitest';
import { malformedFrames, startWebSocketServer } from '../../src/index.ts';
import { connectTo } from './client.ts';

describe.each(Object.entries(malformedFrames))('%s', (_, frame) => {
	test('is refused by ws', async () => {
		await using server = await startWebSocketServer();
		const { closed, errors, messages } = await connectTo(`${server.wsUrl}/echo`);
		server.sendRaw(frame);
		await closed;
		expect(errors).toHaveLength(1);
		expect(messages).toEqual([]);
		expect([1002, 1007, 1009]).toContain(server.ends[0]?.code);
	});

	test('is refused by the client of Node', async () => {
		await using server = await startWebSocketServer();
		const socket = new WebSocket(`${server.wsUrl}/echo`);
		const messages: unknown[] = [];
		socket.addEventListener('message', ({ data }) => messages.push(data));
		await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
		const failed = new Promise((resolve) => socket.addEventListener('error', resolve, { once: true }));
		server.sendRaw(frame);
		await failed;
		expect(messages).toEqual([]);
	});
});
