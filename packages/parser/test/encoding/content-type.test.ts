import { describe, expect, it } from 'vitest';
import { isXmlType, parseContentType } from '../../src/encoding/content-type.ts';

describe('parseContentType', () => {
	it.each([
		['text/html', 'text/html', undefined],
		['Text/HTML; Charset=UTF-8', 'text/html', 'UTF-8'],
		['text/html;charset="utf-8"', 'text/html', 'utf-8'],
		["text/html; charset='utf-8'", 'text/html', 'utf-8'],
		['text/html; charset = gbk ', 'text/html', 'gbk'],
		['text/html; charset="utf-8', 'text/html', 'utf-8'],
		['text/html; level=1; charset=koi8-r; x=y', 'text/html', 'koi8-r'],
		['text/html; charset=gbk; charset=big5', 'text/html', 'gbk'],
		['text/html; charset=gbk, text/html', 'text/html', 'gbk'],
		['text/html; x-charset=gbk', 'text/html', undefined],
		['; charset=gbk', '', 'gbk'],
		['html', '', undefined],
		['', '', undefined],
	])('reads %j', (header, essence, charset) => {
		expect(parseContentType(header)).toEqual({ essence, charset });
	});

	it('takes a missing header', () => {
		expect(parseContentType(undefined)).toEqual({ essence: '', charset: undefined });
	});
});

describe('isXmlType', () => {
	it.each(['text/xml', 'application/xml', 'application/rss+xml', 'image/svg+xml'])('%s is', (essence) => {
		expect(isXmlType(essence)).toBe(true);
	});

	it.each(['text/html', 'application/xml-dtd', ''])('"%s" is not', (essence) => {
		expect(isXmlType(essence)).toBe(false);
	});
});
