import { buffer } from 'node:stream/consumers';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createDecoder, decodeSync } from '../../src/decode/decoder.ts';

const SKIPPABLE = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]);
const frames = (...texts: string[]): Buffer => Buffer.concat(texts.map((text) => zstdCompressSync(text)));

describe('a body in several frames or members', () => {
	it.each([
		['zstd', frames('one ', '', 'two')],
		['zstd', Buffer.concat([SKIPPABLE, frames('one '), SKIPPABLE, frames('two')])],
		['gzip', Buffer.concat([gzipSync('one '), gzipSync('two')])],
	] as const)('is decoded to its end (%s, %#)', async (coding, body) => {
		expect(decodeSync(coding, body, 100).toString()).toBe('one two');
		const decoder = createDecoder(coding, body);
		decoder.end(body);
		expect((await buffer(decoder)).toString()).toBe('one two');
	});

	it('has one limit for all of them', () => {
		expect(decodeSync('zstd', frames('1234', '56'), 6).toString()).toBe('123456');
		expect(decodeSync('zstd', frames('1234', '56', ''), 6).toString()).toBe('123456');
		for (const texts of [['1234', '567'], ['123456', '7'], ['1234567']]) {
			expect(() => decodeSync('zstd', frames(...texts), 6)).toThrow(
				expect.objectContaining({ code: 'ERR_BUFFER_TOO_LARGE' }),
			);
		}
	});

	it('may be of very many frames', () => {
		const frame = zstdCompressSync('x');
		const many = Buffer.concat(Array.from({ length: Math.floor(65_536 / frame.length) }, () => frame));
		expect(decodeSync('zstd', many, 100_000)).toHaveLength(Math.floor(65_536 / frame.length));
	});

	it('is malformed when what follows is no frame', () => {
		expect(() => decodeSync('zstd', Buffer.concat([frames('one'), Buffer.from('more')]), 100)).toThrow();
	});
});
