import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/encoding/decode-text.ts';

const decode = (hex: string, encoding: string) => decodeText(Buffer.from(hex, 'hex'), encoding);

describe('decodeText', () => {
	// Code points from the indexes of the Encoding standard.
	it.each([
		['utf-8', 'e282ac', '€'],
		['windows-1252', '80', '€'],
		['windows-1251', 'cff0e8', 'При'],
		['koi8-r', 'f0d2c9', 'При'],
		['koi8-u', 'ae', 'ў'],
		['ibm866', '8fe0a8', 'При'],
		['macintosh', 'db', '€'],
		['x-mac-cyrillic', '8f', 'П'],
		['iso-8859-2', 'b1', 'ą'],
		['iso-8859-8-i', 'e0', 'א'],
		['iso-8859-15', 'a4', '€'],
		['windows-874', 'a1', 'ก'],
		['windows-1255', 'e0', 'א'],
		['gbk', 'c4e3bac3', '你好'],
		['gbk', '80', '€'],
		['gb18030', '8139ee39', '㐀'],
		['big5', 'a741a66e', '你好'],
		['euc-kr', 'bec8', '안'],
		['shift_jis', '82b1', 'こ'],
		['iso-2022-jp', '1b2442467c1b2842', '日'],
		['utf-16le', '2030', '\u3020'],
		['utf-16be', '3020', '\u3020'],
		['x-user-defined', '80', '\uF780'],
	])('%s', (encoding, hex, text) => {
		expect(decode(hex, encoding)).toBe(text);
	});

	it('never throws on malformed bytes', () => {
		expect(decode('61ff62', 'utf-8')).toBe('a\uFFFDb');
		expect(decode('d8', 'utf-16be')).toBe('\uFFFD');
	});

	it('answers one U+FFFD for the replacement encoding, and nothing for nothing', () => {
		expect(decode('41424344', 'replacement')).toBe('\uFFFD');
		expect(decode('', 'replacement')).toBe('');
	});

	it('keeps a mark inside the text', () => {
		expect(decode('efbbbf61', 'utf-8')).toBe('\uFEFFa');
		expect(decode('fffe6100', 'utf-16le')).toBe('\uFEFFa');
	});
});
