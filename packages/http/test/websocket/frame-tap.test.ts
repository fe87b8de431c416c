import { Duplex } from 'node:stream';
import { malformedFrames } from '@orbweaver/testkit';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { FrameTap } from '../../src/websocket/frame-tap.ts';
import { until } from '../support/until.ts';
import { cutAt, frame } from './support/frames.ts';
import { upgradeAnswer } from './support/upgrade-answer.ts';

const MAX = 80_000;
const NORMAL_CLOSE = Buffer.of(1000 >> 8, 1000 & 0xff);

/** A ws connection whose peer is the test, and what it tells of. */
async function open({ tapped, headers = '' }: { tapped: boolean; headers?: string }) {
	const events: string[] = [];
	const socket = new Duplex({
		read: () => {},
		write: (bytes: Buffer, _encoding, done) => {
			if (bytes.includes('\r\n\r\n')) socket.push(upgradeAnswer(bytes.toString('latin1'), headers));
			done();
		},
		final: (done) => {
			socket.push(null);
			done();
		},
	});
	const webSocket = new WebSocket('ws://localhost/', { maxPayload: MAX, createConnection: () => socket });
	const onMessage = (data: Buffer, isBinary: boolean): void => {
		events.push(`${isBinary ? 'binary' : 'text'} ${data.length} ${data.toString('hex', 0, 40)}`);
	};
	let tap: FrameTap | undefined;
	webSocket.on('message', (data, isBinary) => onMessage(data as Buffer, isBinary));
	webSocket.on('ping', (data) => events.push(`ping ${data}`));
	webSocket.on('error', (error) => events.push(String(error)));
	webSocket.on('close', (code, reason) => events.push(`close ${code} ${reason}`));
	await new Promise<void>((resolve) => {
		webSocket.on('open', () => {
			if (tapped) tap = FrameTap.install({ webSocket, socket, maxPayloadBytes: MAX, onMessage });
			resolve();
		});
	});
	return { socket, webSocket, events, tap, ended: () => until(() => webSocket.readyState === webSocket.CLOSED) };
}

/** What is seen of these chunks before the connection is over. */
async function eventsOf(tapped: boolean, chunks: readonly Buffer[], waits: readonly boolean[]): Promise<string[]> {
	const { socket, events, ended } = await open({ tapped });
	for (const [index, chunk] of chunks.entries()) {
		if (socket.readableEnded || socket.destroyed) break;
		socket.push(chunk);
		if (waits[index % waits.length] === true) await new Promise(setImmediate);
	}
	if (!socket.readableEnded) socket.push(null);
	await ended();
	return events;
}

const sizes = fc.constantFrom(0, 1, 2, 5, 124, 125, 126, 127, 511, 512, 513, 65_535, 65_536, 79_999, 80_000, 80_001);
const data = sizes.map((size) => Buffer.alloc(size, 'ü'));
const ordinary = fc
	.tuple(fc.constantFrom(0x81, 0x82), fc.constantFrom(0, 2, 10, 124, 126, 512))
	.map(([first, size]) => frame(first, Buffer.alloc(size, 'ü')));
const special = fc.oneof(
	data.map((bytes) => frame(0x82, bytes)),
	data.map((bytes) => frame(0x81, bytes)), // The odd ones are not UTF-8.
	fc.tuple(data, data).map(([a, b]) => Buffer.concat([frame(0x02, a), frame(0x89, 'between'), frame(0x80, b)])),
	fc.constantFrom(
		frame(0x89, 'ping'),
		frame(0x8a, ''),
		frame(0x01, 'ab'),
		frame(0x80, 'cd'),
		frame(0x88, NORMAL_CLOSE),
	),
	fc.constantFrom(...Object.values(malformedFrames)).map((bytes) => Buffer.from(bytes)),
);
const frames = fc.array(fc.oneof({ arbitrary: ordinary, weight: 6 }, { arbitrary: special, weight: 1 }), {
	maxLength: 30,
});

it('lets nothing be seen that ws alone would not show, and nothing else', async () => {
	const cuts = fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 40 });
	const waits = fc.array(fc.boolean(), { minLength: 1, maxLength: 8 });
	await fc.assert(
		fc.asyncProperty(frames, cuts, waits, async (all, places, pauses) => {
			const chunks = cutAt(Buffer.concat(all), places);
			expect(await eventsOf(true, chunks, pauses)).toEqual(await eventsOf(false, chunks, pauses));
		}),
		{ numRuns: 150 },
	);
}, 60_000);

it('takes its messages past ws', async () => {
	const { socket, webSocket, events, tap } = await open({ tapped: true });
	webSocket.removeAllListeners('message');
	socket.push(Buffer.concat([frame(0x81, 'ab'), frame(0x82, 'c')]));
	await until(() => events.length === 2);
	expect(events).toEqual(['text 2 6162', 'binary 1 63']);
	tap?.remove();
	webSocket.terminate();
});

it('stays away from compression', async () => {
	const headers = 'Sec-WebSocket-Extensions: permessage-deflate\r\n';
	const { webSocket, tap } = await open({ tapped: true, headers });
	expect(webSocket.extensions).toBe('permessage-deflate');
	expect(tap).toBeUndefined();
	webSocket.terminate();
});

it('gives back what it held when it is removed', async () => {
	const { socket, events, tap, ended } = await open({ tapped: true });
	socket.push(frame(0x81, 'hello').subarray(0, 4));
	await new Promise(setImmediate);
	tap?.remove();
	tap?.remove();
	socket.push(Buffer.concat([frame(0x81, 'hello').subarray(4), frame(0x88, NORMAL_CLOSE)]));
	await ended();
	expect(events).toEqual([`text 5 ${Buffer.from('hello').toString('hex')}`, 'close 1000 ']);
});

it('hands ws what it held before ws reads the rest of a broken connection', async () => {
	const { socket, webSocket, events, ended } = await open({ tapped: true });
	const bytes = Buffer.concat([frame(0x81, 'first'), frame(0x81, 'second')]);
	socket.push(bytes.subarray(0, 10));
	await until(() => events.length === 1);
	await new Promise(setImmediate);
	webSocket.pause();
	socket.push(bytes.subarray(10));
	socket.destroy();
	await ended();
	expect(events).toEqual(['text 5 6669727374', 'text 6 7365636f6e64', 'close 1006 ']);
});

it('leaves ws alone when that has seen the goodbye', async () => {
	const { socket, events, tap, ended } = await open({ tapped: true });
	socket.push(Buffer.concat([frame(0x88, NORMAL_CLOSE), frame(0x81, 'too late').subarray(0, 5)]));
	tap?.remove(); // It was read at once.
	socket.push(frame(0x81, 'too late'));
	socket.push(null);
	await ended();
	expect(events).toEqual(['close 1000 ']);
});
