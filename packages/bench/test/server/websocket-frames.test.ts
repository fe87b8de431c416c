import { expect, test } from 'vitest';
import { binaryFrame, floodOf } from '../../src/server/websocket-frames.ts';

test.each([
	[0, '8200'],
	[125, '827d'],
	[126, '827e007e'],
	[4096, '827e1000'],
	[65_535, '827effff'],
])('a message of %i bytes has the head %s', (bytes, head) => {
	const message = Buffer.alloc(bytes, 'x');
	const frame = binaryFrame(message);
	expect(frame.subarray(0, head.length / 2).toString('hex')).toBe(head);
	expect(frame.subarray(head.length / 2)).toEqual(message);
});

test('a longer message is refused', () => {
	expect(() => binaryFrame(Buffer.alloc(65_536))).toThrow('a frame of the bench holds up to 65535 bytes, got 65536');
});

test.each([
	{ bytes: 100, count: 2000 },
	{ bytes: 40_000, count: 3 },
	{ bytes: 100, count: 1 },
])('a flood of $count frames of $bytes bytes is that many, in whole frames', ({ bytes, count }) => {
	const frame = binaryFrame(Buffer.alloc(bytes, 'x'));
	const pieces = [...floodOf(frame, count)];
	for (const piece of pieces) expect(piece.bytes.length).toBe(piece.frames * frame.length);
	expect(Buffer.concat(pieces.map((piece) => piece.bytes))).toEqual(Buffer.concat(Array(count).fill(frame)));
	expect(Math.max(...pieces.map((piece) => piece.bytes.length))).toBeLessThanOrEqual(65_536);
});
