import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type {
	MessageFromPublisher,
	MessageToPublisher,
	PublisherHello,
} from '../../src/protocol/publisher-messages.ts';
import { startMonitor } from '../../src/start-monitor.ts';
import { sampleNumbers } from '../sample-numbers.ts';
import { WatchClient } from '../watch-client.ts';

const HELLO: PublisherHello = {
	type: 'hello',
	version: 1,
	source: 'shop',
	kind: 'crawl',
	pid: 7,
	instance: 'one',
	acked: 0,
	commands: ['pause'],
};

async function publisher(url: string, ...messages: readonly (MessageFromPublisher | object | string)[]) {
	const socket = new WebSocket(`${url.replace('http', 'ws')}/publish`);
	const received: MessageToPublisher[] = [];
	socket.on('message', (data) => received.push(JSON.parse(String(data)) as MessageToPublisher));
	await once(socket, 'open');
	for (const message of messages) socket.send(typeof message === 'string' ? message : JSON.stringify(message));
	const closed = once(socket, 'close').then(([code, reason]) => ({ code: code as number, reason: String(reason) }));
	return { socket, received, closed };
}

describe('what is none of the protocol closes the connection', () => {
	it.each<[string, readonly (object | string)[], number, string]>([
		['lines before hello', [{ type: 'logs', seq: 1, entries: [{ text: 'x' }] }], 1008, 'hello is wanted first'],
		['hello twice', [HELLO, HELLO], 1008, 'hello is wanted once'],
		['another version', [{ ...HELLO, version: 2 }], 1007, 'version must be 1: use the same release on both sides'],
		['too long a name', [{ ...HELLO, source: 'x'.repeat(201) }], 1007, 'source must be a text of 1 to 200 characters'],
		['lines without text', [HELLO, { type: 'logs', seq: 1, entries: [{}] }], 1007, 'entries must be a list'],
		[
			'numbers that are none',
			[HELLO, { type: 'numbers', numbers: { ...sampleNumbers(), waiting: -1 } }],
			1007,
			'numbers',
		],
		[
			'too many domains',
			[HELLO, { type: 'numbers', numbers: sampleNumbers({ domains: Array(101).fill(sampleNumbers().domains[0]) }) }],
			1007,
			'numbers',
		],
		[
			'a histogram that does not add up',
			[HELLO, { type: 'numbers', numbers: sampleNumbers({ latencyMs: { bounds: [1, 2], counts: [1, 2], sum: 3 } }) }],
			1007,
			'numbers',
		],
		['oversized', [HELLO, 'x'.repeat(1_100_000)], 1009, ''],
	])('%s', async (_, messages, code, reason) => {
		await using monitor = await startMonitor();
		const { closed } = await publisher(monitor.url, ...messages);
		expect(await closed).toEqual({ code, reason: expect.stringContaining(reason) });
	});
});

it('lines that come twice are taken once, and a gap is told', async () => {
	await using monitor = await startMonitor();
	await using watcher = await WatchClient.open(monitor.url, { after: 0 });
	const line = (text: string) => ({ text });
	const { received, socket } = await publisher(
		monitor.url,
		{ ...HELLO, acked: 10 },
		{ type: 'logs', seq: 12, entries: [line('10'), line('11'), line('12')] },
		{ type: 'logs', seq: 12, entries: [line('12')] },
		{ type: 'logs', seq: 16, entries: [line('15'), line('16')] },
	);
	await watcher.until(() => watcher.texts.includes('16'));
	expect(watcher.texts).toEqual(['11', '12', '2 lines of "shop" were dropped: its queue was full.', '15', '16']);
	expect(received).toEqual([
		{ type: 'welcome', version: 1, hub: monitor.id, source: 'shop', seq: 10, heartbeatMs: 30_000 },
		{ type: 'ack', seq: 12 },
		{ type: 'ack', seq: 12 },
		{ type: 'ack', seq: 16 },
	]);
	socket.terminate();
});

it('one that comes back before its old connection is known to be dead takes its place', async () => {
	await using monitor = await startMonitor();
	const first = await publisher(monitor.url, HELLO, { type: 'logs', seq: 1, entries: [{ text: 'one' }] });
	await using watcher = await WatchClient.open(monitor.url, { after: 0 });
	await watcher.until(() => watcher.texts.length === 1);
	const second = await publisher(monitor.url, HELLO);
	expect(await first.closed).toEqual({ code: 1008, reason: 'The publisher has another connection' });
	watcher.say({ type: 'command', id: 4, source: 'shop', command: 'pause' });
	while (second.received.length < 2) await once(second.socket, 'message');
	expect(second.received).toMatchObject([
		{ type: 'welcome', source: 'shop', seq: 1 },
		{ type: 'command', command: 'pause' },
	]);
	// Its end is the answer to what it was asked.
	second.socket.terminate();
	await watcher.until(() => watcher.of('result').length === 1);
	expect(watcher.of('result')[0]).toEqual({
		type: 'result',
		id: 4,
		ok: false,
		error: 'The connection to it was lost.',
	});
	expect(monitor.sources).toMatchObject([{ name: 'shop', connected: false, commands: [] }]);
});
