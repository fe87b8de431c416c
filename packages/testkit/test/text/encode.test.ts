import { expect, test } from 'vitest';
import { encodeText } from '../../src/text/encode.ts';

test.each([
	['windows-1252', 'Crème „brûlée“ – 5 €'],
	['shift_jis', 'ABC ¥ 抹茶碗、ガラスの風鈴（藍色）ｱ'],
	['koi8-r', 'Привет, мир'],
	['gbk', '简体中文'],
	['big5', '繁體中文'],
	['euc-kr', '한국어'],
] as const)('%s text decodes to itself', (charset, text) => {
	const encodable = charset === 'shift_jis' ? text.replace('¥', '\\') : text;
	expect(new TextDecoder(charset).decode(encodeText(encodable, charset))).toBe(encodable);
});

test('known bytes', () => {
	expect([...encodeText('€é', 'windows-1252')]).toEqual([0x80, 0xe9]);
	expect([...encodeText('日本', 'shift_jis')]).toEqual([0x93, 0xfa, 0x96, 0x7b]);
	expect([...encodeText('日本', 'gbk')]).toEqual([0xc8, 0xd5, 0xb1, 0xbe]);
});

test('a character outside the encoding is named', () => {
	expect(() => encodeText('a日', 'windows-1252')).toThrow('"日" does not exist in windows-1252');
	expect(() => encodeText('a', 'klingon')).toThrow(RangeError);
});
