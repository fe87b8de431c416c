import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { zstdCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { decodeFrames, ZstdFrames } from '../../src/decode/zstd-frames.ts';

const FRAMES = Buffer.concat(['one ', 'two ', 'three'].map((text) => zstdCompressSync(text)));

it.each([1, 7, 1_000])('a stream of frames is decoded to its end, in pieces of %d bytes', async (size) => {
	const decoder = new ZstdFrames();
	let text = '';
	decoder.on('data', (piece: Buffer) => {
		text += piece.toString();
	});
	for (let start = 0; start < FRAMES.length; start += size) decoder.write(FRAMES.subarray(start, start + size));
	decoder.end();
	await once(decoder, 'end');
	expect(text).toBe('one two three');
	expect(decodeFrames(FRAMES, 100).toString()).toBe(text);
});

it('a stream of nothing is empty', async () => {
	const decoder = new ZstdFrames();
	decoder.end();
	expect(await decoder.toArray()).toEqual([]);
});

it('a stream takes no more input than its reader takes output', async () => {
	const bomb = zstdCompressSync(Buffer.alloc(50_000_000));
	const decoder = new ZstdFrames();
	const fed = pipeline([Buffer.concat([bomb, bomb])], decoder).catch((error: unknown) => error);
	let bytes = 0;
	for await (const piece of decoder) {
		bytes += (piece as Buffer).length;
		expect(decoder.readableLength).toBeLessThan(1_000_000);
		if (bytes > 60_000_000) break;
	}
	expect(await fed).toBeInstanceOf(Error);
});

it.each([
	['cut', FRAMES.subarray(0, -3)],
	['followed by something else', Buffer.concat([FRAMES, Buffer.from('more')])],
])('a stream that is %s fails', async (_, bytes) => {
	const decoder = new ZstdFrames();
	decoder.end(bytes);
	await expect(decoder.toArray()).rejects.toThrow();
});
