import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/response/text.ts';

/** The bytes were made with the codecs of Python. */
describe('text in the encoding that its type names', () => {
	it.each([
		['utf-8', 'c3a9e282ac', 'é€'],
		['utf-16le', 'e900ac20', 'é€'],
		['utf-16be', '00e920ac', 'é€'],
		['windows-1251', 'cff0e8e2e5f2', 'Привет'],
		['koi8-r', 'cdc9d2', 'мир'],
		['iso-8859-2', 'be6c75bb', 'žluť'],
		['iso-8859-15', 'a4', '€'],
		['windows-874', 'e4b7c2', 'ไทย'],
		['shift_jis', '93fa967b8cea', '日本語'],
		['euc-jp', 'c6fccbdc', '日本'],
		['iso-2022-jp', '1b2442467c4b5c1b2842', '日本'],
		['gbk', 'c4e3bac3', '你好'],
		['gb18030', 'a2e3', '€'],
		['big5', 'a4a4a4e5', '中文'],
		['euc-kr', 'c7d1b1b9', '한국'],
	])('%s', (charset, hex, text) => {
		expect(decodeText(Buffer.from(hex, 'hex'), `text/plain; charset=${charset}`)).toBe(text);
	});
});

describe('windows-1252', () => {
	it.each(['windows-1252', 'iso-8859-1', 'latin1', 'us-ascii'])('is what the web means by %s', (label) => {
		const bytes = Buffer.from('93636166e994209620352080', 'hex');
		expect(decodeText(bytes, `text/plain; charset=${label}`)).toBe('“café” – 5 €');
	});

	it('has a character for each byte', () => {
		// Of the 27 bytes where it differs from ISO 8859-1, by code point (WHATWG Encoding, index windows-1252).
		const differing =
			'20ac 201a 192 201e 2026 2020 2021 2c6 2030 160 2039 152 17d 2018 2019 201c 201d 2022 2013 2014 2dc 2122 161 203a 153 17e 178';
		const text = decodeText(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), 'a/b; charset=latin1');
		expect(text).toHaveLength(256);
		const changed = [...text].filter((char, byte) => char.charCodeAt(0) !== byte);
		expect(changed.map((char) => char.charCodeAt(0).toString(16)).join(' ')).toBe(differing);
	});
});

describe('byte order marks', () => {
	it.each([
		['efbbbf7b7d', 'application/json', '{}'],
		['efbbbf41', undefined, 'A'],
		['efbbbf', 'text/html', ''],
		['fffe4100', 'text/plain; charset=utf-8', 'A'],
		['feff0041', 'text/plain', 'A'],
	])('%s as %s is read without it', (hex, contentType, text) => {
		expect(decodeText(Buffer.from(hex, 'hex'), contentType)).toBe(text);
	});

	it('inside of a text is a character', () => {
		expect(decodeText(Buffer.from('a\ufeffb'), undefined)).toBe('a\ufeffb');
		expect(decodeText(Buffer.from('\ufeff\ufeffb'), undefined)).toBe('\ufeffb');
	});
});

it('malformed bytes become U+FFFD', () => {
	expect(decodeText(Buffer.from('61ff62', 'hex'), 'text/plain')).toBe('a\ufffdb');
	expect(decodeText(Buffer.from('61ff', 'hex'), 'text/plain; charset=gbk')).toBe('a\ufffd');
	expect(decodeText(Buffer.from('7b22e9227d', 'hex'), 'application/json; charset=latin1')).toBe('{"\ufffd"}');
});

it('reads many texts one after another without leaving anything behind', () => {
	const unfinished = Buffer.from('1b244246', 'hex'); // ISO-2022-JP, switched to kanji and cut
	expect(decodeText(unfinished, 'text/plain; charset=iso-2022-jp')).toBe('\ufffd');
	expect(decodeText(Buffer.from('plain'), 'text/plain; charset=iso-2022-jp')).toBe('plain');
});
