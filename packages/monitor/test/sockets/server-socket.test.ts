import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startMonitor } from '../../src/start-monitor.ts';
import { WatchClient } from '../watch-client.ts';

describe('a message that is none of the protocol closes its connection', () => {
	it.each<[string, string | Buffer, number, string]>([
		['no JSON', '{"type":', 1007, 'A message must be JSON'],
		['no object', '[1]', 1007, 'A message must be a JSON object'],
		['an unknown type', '{"type":"hack"}', 1007, 'type must be subscribe or command'],
		['a wrong value', '{"type":"subscribe","after":-1}', 1007, 'after must be a whole number from 0'],
		['a wrong level', '{"type":"subscribe","level":"loud"}', 1007, 'level must be debug, info, warning or error'],
		['too long a text', `{"type":"subscribe","text":"${'x'.repeat(1_001)}"}`, 1007, 'text must be a text of at most'],
		[
			'too many sources',
			JSON.stringify({ type: 'subscribe', sources: Array(1_001).fill('') }),
			1007,
			'sources must be',
		],
		['an unknown command', '{"type":"command","id":1,"source":"a","command":"rm"}', 1007, 'command must be one of'],
		['binary', Buffer.from('{"type":"subscribe"}'), 1003, 'Messages are JSON in text frames'],
		['oversized', JSON.stringify({ type: 'subscribe', text: 'x'.repeat(70_000) }), 1009, ''],
	])('%s', async (_, message, code, reason) => {
		await using monitor = await startMonitor();
		await using watcher = await WatchClient.open(monitor.url);
		watcher.socket.send(message);
		expect(await watcher.closed).toEqual({ code, reason: expect.stringContaining(reason) });
		// Nobody else is harmed.
		await using other = await WatchClient.open(monitor.url, {});
		monitor.publish({ text: 'still here' });
		await other.until(() => other.texts.length === 1);
	});
});

describe('a frame that is none closes its connection', () => {
	const mask = Buffer.from([0, 0, 0, 0]);
	it.each<[string, Buffer, number]>([
		['an unmasked one', Buffer.from([0x81, 0x01, 0x41]), 1002],
		['reserved bits', Buffer.concat([Buffer.from([0xf1, 0x81]), mask, Buffer.from('A')]), 1002],
		['an unknown opcode', Buffer.concat([Buffer.from([0x83, 0x81]), mask, Buffer.from('A')]), 1002],
		['a continuation of nothing', Buffer.concat([Buffer.from([0x80, 0x81]), mask, Buffer.from('A')]), 1002],
		['text that is no UTF-8', Buffer.concat([Buffer.from([0x81, 0x82]), mask, Buffer.from([0xc3, 0x28])]), 1007],
		['a length of 2^62', Buffer.from([0x81, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0]), 1009],
	])('%s', async (_, frame, code) => {
		await using monitor = await startMonitor();
		const socket = connect(monitor.port, '127.0.0.1');
		socket.write(
			'GET /watch HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
				'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
		);
		await once(socket, 'data');
		socket.write(frame);
		const chunks: Buffer[] = [];
		socket.on('data', (chunk: Buffer) => chunks.push(chunk));
		await once(socket, 'end');
		socket.destroy();
		const received = Buffer.concat(chunks);
		const close = received.lastIndexOf(Buffer.from([0x88]));
		expect(received.readUInt16BE(close + 2)).toBe(code);
	});
});

describe('the heartbeat', () => {
	it('cuts a peer off that answers no ping, and keeps one that does', async () => {
		await using monitor = await startMonitor({ heartbeatMs: 50 });
		await using living = await WatchClient.open(monitor.url, {});
		const dead = connect(monitor.port, '127.0.0.1');
		dead.write(
			'GET /watch HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
				'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
		);
		dead.resume(); // reads, and never answers
		await new Promise((resolve) => dead.on('error', () => undefined).once('close', resolve));
		monitor.publish({ text: 'after the cut' });
		await living.until(() => living.texts.includes('after the cut'));
		expect(living.socket.readyState).toBe(living.socket.OPEN);
	});
});
