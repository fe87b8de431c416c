import { describe, expect, it } from 'vitest';
import { encodingForLabel } from '../../src/encoding/labels.ts';

describe('encodingForLabel', () => {
	it.each([
		['UTF-8', 'utf-8'],
		['utf8', 'utf-8'],
		['unicode-1-1-utf-8', 'utf-8'],
		['latin1', 'windows-1252'],
		['ISO-8859-1', 'windows-1252'],
		['us-ascii', 'windows-1252'],
		['iso-8859-9', 'windows-1254'],
		['tis-620', 'windows-874'],
		['gb2312', 'gbk'],
		['GBK', 'gbk'],
		['gb18030', 'gb18030'],
		['big5-hkscs', 'big5'],
		['x-sjis', 'shift_jis'],
		['windows-31j', 'shift_jis'],
		['euc-jp', 'euc-jp'],
		['iso-2022-jp', 'iso-2022-jp'],
		['ks_c_5601-1987', 'euc-kr'],
		['koi8-r', 'koi8-r'],
		['koi8-ru', 'koi8-u'],
		['utf-16', 'utf-16le'],
		['utf-16be', 'utf-16be'],
		['ucs-2', 'utf-16le'],
		['x-mac-cyrillic', 'x-mac-cyrillic'],
		['x-user-defined', 'x-user-defined'],
		['iso-2022-kr', 'replacement'],
		['hz-gb-2312', 'replacement'],
	])('reads %s as %s', (label, name) => {
		expect(encodingForLabel(label)).toBe(name);
	});

	it('ignores ASCII whitespace around a label', () => {
		expect(encodingForLabel('\t utf-8\r\n')).toBe('utf-8');
	});

	it.each(['', ' ', 'utf-7', 'utf-32', 'none', 'utf-8;', 'constructor'])('knows no encoding "%s"', (label) => {
		expect(encodingForLabel(label)).toBeUndefined();
	});
});
