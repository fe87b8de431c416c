import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prescan } from '../../src/encoding/prescan.ts';

describe('prescan', () => {
	it.each([
		['<meta charset=gbk>', 'gbk'],
		['<META CHARSET="Shift_JIS"/>', 'shift_jis'],
		['<meta/charset=gbk>', 'gbk'],
		['<meta http-equiv="Content-Type" content="text/html; charset=euc-kr">', 'euc-kr'],
		['<meta content="text/html; charset = big5;x" http-equiv=content-type>', 'big5'],
		[`<meta http-equiv=content-type content="text/html; charset='koi8-r'">`, 'koi8-r'],
		['<meta http-equiv=content-type content="charset charset=koi8-r">', 'koi8-r'],
		['<p title="<meta charset=big5>"><meta charset=gbk>', 'gbk'],
		["<a title='>'><meta charset=gbk>", 'gbk'],
		['<!doctype html><?php x ?></ ><meta charset=gbk>', 'gbk'],
		['a < b <1 <meta charset=gbk>', 'gbk'],
		['<?xml version="1.0" encoding="euc-jp"?><html>', 'euc-jp'],
		['<?xml version="1.0" encoding="euc-jp"?><meta charset=gbk>', 'gbk'],
	])('reads %j as %s', (head, encoding) => {
		expect(prescan(head)).toBe(encoding);
	});

	it.each([
		['<!-- <meta charset=big5> --><meta charset=gbk>'],
		['<!--><meta charset=gbk> -->'],
		['<!---><meta charset=gbk> -->'],
		['<!-- a > b --!> <meta charset=big5> --><meta charset=gbk>'],
	])('skips comments: %j', (head) => {
		expect(prescan(head)).toBe('gbk');
	});

	it('reads UTF-16 in ASCII as UTF-8, and x-user-defined as windows-1252', () => {
		expect(prescan('<meta charset=utf-16>')).toBe('utf-8');
		expect(prescan('<meta charset=utf-16be>')).toBe('utf-8');
		expect(prescan('<meta charset=x-user-defined>')).toBe('windows-1252');
	});

	it('goes on behind a <meta> that declares nothing it knows', () => {
		expect(prescan('<meta charset=no-such><meta name=x content=y><meta charset=gbk>')).toBe('gbk');
		expect(prescan('<meta charset><meta><meta charset=gbk>')).toBe('gbk');
	});

	it('wants the pragma with content, and the first of two equal attributes', () => {
		expect(prescan('<meta content="text/html; charset=gbk">')).toBeUndefined();
		expect(prescan('<meta http-equiv=refresh content="text/html; charset=gbk">')).toBeUndefined();
		expect(prescan('<meta charset=gbk charset=big5>')).toBe('gbk');
	});

	it('prefers charset to content in one tag, in either order', () => {
		const content = 'http-equiv=content-type content="text/html;charset=big5"';
		expect(prescan(`<meta charset=gbk ${content}>`)).toBe('gbk');
		expect(prescan(`<meta ${content} charset=gbk>`)).toBe('gbk');
	});

	it.each([
		'',
		'<',
		'<meta',
		'<meta charset=gbk',
		'<!-- <meta charset=gbk>',
		'<a href="<meta charset=gbk>',
		'<metal charset=gbk>',
	])('finds nothing in %j', (head) => {
		expect(prescan(head)).toBeUndefined();
	});

	it('ends on any bytes', () => {
		const piece = fc.constantFrom(
			'<',
			'>',
			'meta',
			' ',
			'/',
			'=',
			'"',
			"'",
			'<!--',
			'-->',
			'charset',
			'gbk',
			'<?xml',
			'\0',
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
				const found = prescan(pieces.join(''));
				expect(found === undefined || found === 'gbk').toBe(true);
			}),
		);
	});
});
