import { expect, it } from 'vitest';
import { decodeWindows1252 } from '../../src/encoding/windows-1252.ts';

it('decodes the characters that ISO-8859-1 does not have', () => {
	const bytes = Buffer.from([0x80, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x85, 0x99, 0x8a, 0x9f]);
	expect(decodeWindows1252(bytes)).toBe('€‘’“”–—…™ŠŸ');
});

it('keeps every other byte as its code point, the five unassigned ones too', () => {
	const others = Array.from({ length: 256 }, (_, byte) => byte).filter(
		(byte) => byte < 0x80 || byte > 0x9f || [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte),
	);
	expect(decodeWindows1252(Buffer.from(others))).toBe(String.fromCharCode(...others));
});

it('leaves no byte undecoded', () => {
	const text = decodeWindows1252(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
	expect(new Set(text).size).toBe(256);
	expect(text).not.toContain('\uFFFD');
});
