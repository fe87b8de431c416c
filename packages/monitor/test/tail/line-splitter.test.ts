import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../src/tail/line-splitter.ts';
import { seeded } from '../seeded.ts';

describe('lines', () => {
	it.each<[string, readonly string[], readonly string[], string | undefined]>([
		['ends of all kinds', ['a\nb\r\n\n\r\nc\rd\ne'], ['a', 'b', 'c\rd'], 'e'],
		['an end cut in two', ['a\r', '\nb\n'], ['a', 'b'], undefined],
		['a byte order mark', ['\ufeffa\n'], ['a'], undefined],
		['a hole of NULs', ['\0\0\0\0', '\0\0a\n'], ['a'], undefined],
		['nothing', ['', '\n', '\r\n'], [], undefined],
	])('%s', (_, pieces, lines, rest) => {
		const splitter = new LineSplitter();
		expect(pieces.flatMap((piece) => splitter.push(Buffer.from(piece)))).toEqual(lines);
		expect(splitter.flush()).toBe(rest);
	});

	it('are the same wherever their bytes are cut, characters of four bytes included', () => {
		const random = seeded();
		const letters = ['a', 'é', '€', '🕷', ' ', '\u0000x'];
		for (let round = 0; round < 200; round++) {
			const lines = Array.from(
				{ length: random.whole(1, 20) },
				() =>
					`-${Array.from({ length: random.whole(0, 30) }, () => letters[random.whole(0, letters.length - 1)]).join('')}`,
			);
			const bytes = Buffer.from(lines.map((line) => `${line}${random.chance(0.5) ? '\n' : '\r\n'}`).join(''));
			const splitter = new LineSplitter();
			const seen: string[] = [];
			for (let at = 0; at < bytes.length; ) {
				const end = Math.min(bytes.length, at + random.whole(1, 40));
				const chunk = Buffer.from(bytes.subarray(at, end));
				seen.push(...splitter.push(chunk));
				chunk.fill(0); // as a reader does that uses its buffer again
				at = end;
			}
			expect(seen).toEqual(lines);
		}
	});

	it('that are not finished are given out up to their last whole character', () => {
		const splitter = new LineSplitter();
		const bytes = Buffer.from('ab🕷\n');
		splitter.push(bytes.subarray(0, 4));
		expect(splitter.flush()).toBe('ab');
		expect(splitter.flush()).toBeUndefined();
		expect(splitter.push(bytes.subarray(4))).toEqual(['🕷']);
		expect(splitter.push(Buffer.from([0xc3, 0x28, 0x0a]))).toEqual(['\ufffd(']);
	});

	it('that never end take a bounded part of the memory', () => {
		const splitter = new LineSplitter();
		for (let count = 0; count < 200; count++) splitter.push(Buffer.alloc(10_000, 'x'));
		expect(splitter.push(Buffer.from('y\nnext\n'))).toEqual(['x'.repeat(65_536), 'next']);
	});
});
