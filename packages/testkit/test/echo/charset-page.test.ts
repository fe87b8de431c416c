import { expect, test } from 'vitest';
import { charsetPage } from '../../src/echo/charset-page.ts';
import { charsetText, startEcho } from '../../src/index.ts';

const labels = 'utf-8 utf-16le utf-16be latin1 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-8 iso-8859-15 windows-874 '
	.concat('windows-1251 windows-1252 windows-1256 koi8-r macintosh shift_jis euc-jp gbk gb18030 big5 euc-kr')
	.split(' ');

test.each(labels)('/charset/%s is in that encoding, and says so in the header', async (label) => {
	await using echo = await startEcho();
	const response = await fetch(`${echo.url}/charset/${label}`);
	expect(response.headers.get('content-type')).toBe(`text/html; charset=${label}`);
	const bytes = await response.bytes();
	const text = charsetText(label);
	expect(text).toMatch(/[^\0-\x7f]/);
	expect(new TextDecoder(label, { fatal: true }).decode(bytes)).toContain(`<pre>\n${text}\n</pre>`);
});

test('each encoding has what it is for', () => {
	expect(charsetText('shift_jis')).toContain('日本語のテキスト');
	expect(charsetText('gbk')).toContain('简体中文');
	expect(charsetText('big5')).toContain('繁體中文');
	expect(charsetText('euc-kr')).toContain('한국어 텍스트');
	expect(charsetText('koi8-r')).toBe('Привет, мир');
	expect(charsetText('latin1').split('\n')).toEqual(['Größe', 'Crème „brûlée“ – 5 €']);
	expect(charsetText('utf-8').split('\n')).toHaveLength(12);
});

test('?in=meta names it in the page alone', async () => {
	await using echo = await startEcho();
	const response = await fetch(`${echo.url}/charset/koi8-r?in=meta`);
	expect(response.headers.get('content-type')).toBe('text/html');
	expect(new TextDecoder('koi8-r').decode(await response.bytes())).toContain('<meta charset="koi8-r">');
});

test.each([
	['utf-8', [0xef, 0xbb, 0xbf, 0x3c]],
	['utf-16le', [0xff, 0xfe, 0x3c, 0x00]],
	['utf-16be', [0xfe, 0xff, 0x00, 0x3c]],
])('?in=bom puts a mark before %s', async (label, first) => {
	await using echo = await startEcho();
	const response = await fetch(`${echo.url}/charset/${label}?in=bom`);
	expect(response.headers.get('content-type')).toBe('text/html');
	const bytes = await response.bytes();
	expect([...bytes.subarray(0, 4)]).toEqual(first);
	expect(new TextDecoder(label).decode(bytes)).toContain(charsetText(label));
	expect(new TextDecoder(label).decode(bytes)).not.toContain('<meta');
});

test('what cannot be is refused', () => {
	expect(() => charsetPage('utf-16le', 'meta')).toThrow('A meta element cannot name utf-16le');
	expect(() => charsetPage('koi8-r', 'bom')).toThrow('koi8-r has no byte order mark');
	expect(() => charsetText('iso-2022-jp')).toThrow('The encoding iso-2022-jp is not served');
	expect(() => charsetText('klingon')).toThrow(RangeError);
});
