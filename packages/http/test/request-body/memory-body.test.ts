import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { MemoryBody } from '../../src/request-body/memory-body.ts';

const KIB = 1024;

it.each([0, 1, 256 * KIB])('of %d bytes is written at once', (length) => {
	const bytes = new Uint8Array(length);
	const body = new MemoryBody(bytes, undefined);
	expect(body.open()).toBe(bytes);
	expect(body).toMatchObject({ length, bytes, repeatable: true, contentType: undefined });
});

it('knows the length of text in bytes', () => {
	expect(new MemoryBody('ŁĄ😀', 'text/plain').length).toBe(8);
});

it.each([
	['bytes', Buffer.alloc(256 * KIB + 1, 'abcdefg')],
	['text', 'Ł'.repeat(200 * KIB)],
])('a large one is sent in pieces of 64 KiB, each time from its beginning: %s', async (_, bytes) => {
	const body = new MemoryBody(bytes, undefined);
	for (let time = 0; time < 2; time++) {
		const stream = body.open();
		if (!(stream instanceof Readable)) throw new Error('It was written at once.');
		const pieces: Buffer[] = [];
		for await (const piece of stream) pieces.push(piece as Buffer);
		expect(pieces.slice(0, -1).every((piece) => piece.length === 64 * KIB)).toBe(true);
		expect(pieces.length).toBe(Math.ceil(body.length / (64 * KIB)));
		expect(Buffer.concat(pieces).equals(Buffer.from(bytes as string))).toBe(true);
	}
});

it('a view sends what it shows of its buffer, and no more', async () => {
	const whole = new Uint8Array(600 * KIB).map((_, i) => i % 251);
	const view = whole.subarray(7, 400 * KIB);
	const sent = await buffer(new MemoryBody(view, undefined).open() as Readable);
	expect(sent.equals(view)).toBe(true);
});
