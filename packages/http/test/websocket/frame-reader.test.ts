import { malformedFrames } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { FrameReader } from '../../src/websocket/frame-reader.ts';
import { cutAt, frame } from './support/frames.ts';

const MAX = 100_000;
const nextTick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** A reader, and what it gave away: messages as text or their length, bytes that were left as hex. */
function makeReader(onMessage: (reader: FrameReader) => void = () => {}) {
	const seen: string[] = [];
	const reader = new FrameReader(MAX, {
		message: (data, isBinary) => {
			seen.push(isBinary ? `${data.length} bytes` : data.toString());
			onMessage(reader);
		},
		rest: (bytes) => seen.push(bytes.toString('hex')),
	});
	return { reader, seen };
}

const ping = frame(0x89, '');
const hello = frame(0x81, 'hello');

describe('small messages', () => {
	it('are handed out, however their bytes are cut', () => {
		const wanted = ['hello', '0 bytes', '125 bytes', '126 bytes', '512 bytes', ''];
		const sizes = [0, 125, 126, 512].map((size) => frame(0x82, Buffer.alloc(size)));
		const bytes = Buffer.concat([hello, ...sizes, frame(0x81, '')]);
		const starts = [1, 2, 3, 6, 7, 8, 9, 10, 11, 136, 137, 138, 139, 265, 266, 267, 268, 269, 270, 400];
		for (const places of [[], starts, ...starts.map((place) => [place]), [bytes.length - 3]]) {
			const { reader, seen } = makeReader();
			for (const chunk of cutAt(bytes, places)) reader.read(chunk);
			expect(seen).toEqual(wanted);
		}
	});

	it('are views into what was read, unless it came in pieces', () => {
		const views: boolean[] = [];
		const bytes = Buffer.alloc(2 * hello.length); // Other ways to make a buffer take a piece of a common one.
		bytes.set(hello, 0);
		bytes.set(hello, hello.length);
		const reader = new FrameReader(MAX, {
			message: (data) => views.push(data.buffer === bytes.buffer),
			rest: () => {},
		});
		for (const chunk of cutAt(bytes, [hello.length + 2])) reader.read(chunk);
		expect(views).toEqual([true, false]);
	});
});

describe('what is left', () => {
	it.each([
		['a control frame', ping],
		['a close frame', frame(0x88, '')],
		['the first of several frames', frame(0x02, 'ab')],
		['a compressed frame', frame(0xc1, 'ab')],
		['a message that is not small', frame(0x82, Buffer.alloc(513))],
		['a message of 64 KiB', frame(0x82, Buffer.alloc(65_536))],
		...Object.entries(malformedFrames),
	])('is %s, and what came with it', (_name, special) => {
		const { reader, seen } = makeReader();
		reader.read(Buffer.concat([hello, special, hello]));
		expect(seen).toEqual(['hello', Buffer.concat([special, hello]).toString('hex')]);
	});

	it('is a message that is too large', () => {
		const seen: number[] = [];
		const reader = new FrameReader(4, { message: () => {}, rest: (bytes) => seen.push(bytes.length) });
		reader.read(frame(0x82, 'four'));
		reader.read(frame(0x82, 'fives'));
		expect(seen).toEqual([7]);
	});

	it('is all that comes within the same tick, because a mistake may not have been told of yet', async () => {
		const { reader, seen } = makeReader();
		reader.read(ping);
		reader.read(hello);
		await nextTick();
		reader.read(hello);
		expect(seen).toEqual(['8900', hello.toString('hex'), 'hello']);
	});

	it('is a whole message of several frames, with what comes between them', async () => {
		const { reader, seen } = makeReader();
		const [start, end] = [frame(0x01, 'a'), frame(0x80, 'b')];
		const left = [start, ping, hello, end]; // A message within a message is a mistake.
		for (const chunk of [...left, hello]) {
			reader.read(chunk);
			await nextTick();
		}
		expect(seen).toEqual([...left.map((bytes) => bytes.toString('hex')), 'hello']);
	});

	it('is the rest of a frame, as it comes', async () => {
		const { reader, seen } = makeReader();
		const large = frame(0x82, Buffer.alloc(70_000, 1));
		const chunks = cutAt(Buffer.concat([large, hello]), [30_000, 60_000, large.length]);
		for (const chunk of chunks) {
			reader.read(chunk);
			await nextTick();
		}
		expect(seen.slice(0, 3).join('')).toBe(large.toString('hex'));
		expect(seen.slice(3)).toEqual(['hello']);
	});

	it('is not the beginning of a message at the end of it', async () => {
		const { reader, seen } = makeReader();
		reader.read(Buffer.concat([ping, hello.subarray(0, 3)]));
		await nextTick();
		reader.read(hello.subarray(3));
		expect(seen).toEqual(['8900', 'hello']);
	});
});

describe('stop', () => {
	it('gives back what is held', () => {
		const { reader } = makeReader();
		reader.read(hello.subarray(0, 4));
		expect(reader.stop()).toEqual(hello.subarray(0, 4));
		expect(reader.stop()).toHaveLength(0);
	});

	it.each([[[]], [[3]]])('while a message is handed out leaves all that came after it (cut at %j)', (places) => {
		const { reader, seen } = makeReader((itself) => expect(itself.stop()).toHaveLength(0));
		for (const chunk of cutAt(Buffer.concat([hello, hello, ping]), places)) reader.read(chunk);
		expect(seen).toEqual(['hello', Buffer.concat([hello, ping]).toString('hex')]);
	});
});
