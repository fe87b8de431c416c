import { describe, expect, it } from 'vitest';
import { decodeLegacyMultibyte } from '../../src/encoding/legacy-multibyte.ts';

const decode = (hex: string, encoding: string) => decodeLegacyMultibyte(Buffer.from(hex, 'hex'), encoding);

describe('decodeLegacyMultibyte', () => {
	it('knows the Hong Kong characters of Big5', () => {
		expect(decode('8740', 'big5')).toBe('\u43F0');
		expect(decode('8862', 'big5')).toBe('\u00CA\u0304');
		expect(decode('a7da', 'big5')).toBe('我');
	});

	it('knows the syllables that windows-949 adds to EUC-KR', () => {
		expect(decode('8141', 'euc-kr')).toBe('갂');
		expect(decode('c7d1b1db', 'euc-kr')).toBe('한글');
	});

	it('decodes EUC-JP with half-width katakana and JIS X 0212', () => {
		expect(decode('c6fccbdc', 'euc-jp')).toBe('日本');
		expect(decode('8eb1', 'euc-jp')).toBe('ｱ');
		expect(decode('8fb0a1', 'euc-jp')).toBe('丂');
		expect(decode('80', 'euc-jp')).toBe('\uFFFD');
	});

	it('decodes Shift_JIS with every ASCII character as itself', () => {
		expect(decode('93fa967b b1'.replace(' ', ''), 'shift_jis')).toBe('日本ｱ');
		const ascii = Buffer.from(Array.from({ length: 128 }, (_, byte) => byte));
		expect(decodeLegacyMultibyte(ascii, 'shift_jis')).toBe(ascii.toString('latin1'));
	});

	it('puts U+FFFD for what is malformed, and keeps ASCII behind it', () => {
		for (const encoding of ['big5', 'euc-kr', 'euc-jp', 'shift_jis']) {
			expect(decode('ff3c70', encoding)).toBe('\uFFFD<p');
		}
	});

	it('leaves the others to TextDecoder', () => {
		expect(decode('41', 'gbk')).toBeUndefined();
		expect(decode('41', 'utf-8')).toBeUndefined();
	});
});
