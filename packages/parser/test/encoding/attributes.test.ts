import { describe, expect, it } from 'vitest';
import { readAttribute } from '../../src/encoding/attributes.ts';

describe('readAttribute', () => {
	it.each([
		[' charset=gbk>', 'charset', 'gbk'],
		['/ / CHARSET = "GBK">', 'charset', 'gbk'],
		["name='a>b' x>", 'name', 'a>b'],
		['async>', 'async', ''],
		['async content=x>', 'async', ''],
		['=x=y>', '=x', 'y'],
		['a=>', 'a', ''],
		['a=b/>', 'a', 'b/'],
	])('reads %j', (text, name, value) => {
		expect(readAttribute(text, 0)).toMatchObject({ name, value });
	});

	it('answers where the tag ends when there is no attribute left', () => {
		expect(readAttribute(' / >', 0)).toBe(3);
	});

	it.each(['', '  ', 'char', 'charset ', 'charset=', 'charset="gbk', 'charset=gbk'])(
		'runs out of text in %j',
		(text) => {
			expect(readAttribute(text, 0)).toBeUndefined();
		},
	);

	it('lower-cases ASCII letters alone, as the text holds bytes', () => {
		expect(readAttribute('a="\xC0B">', 0)).toMatchObject({ value: '\xC0b' });
	});
});
