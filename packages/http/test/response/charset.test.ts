import { describe, expect, it } from 'vitest';
import { charsetOf } from '../../src/response/charset.ts';

const HTML = 'text/html';

function charset(text: string, contentType?: string): string {
	return charsetOf(Buffer.from(text, 'latin1'), contentType);
}

describe('what decides, the stronger first', () => {
	const meta = '<meta charset=koi8-r>';
	it.each([
		['a byte order mark before all else', `\xef\xbb\xbf${meta}`, 'text/html; charset=gbk', 'utf-8'],
		['a mark of UTF-16LE', `\xff\xfe${meta}`, 'text/html; charset=gbk', 'utf-16le'],
		['a mark of UTF-16BE', `\xfe\xff${meta}`, 'text/html; charset=gbk', 'utf-16be'],
		['the header before the markup', meta, 'text/html; charset=gbk', 'gbk'],
		['the markup when the header names none', meta, HTML, 'koi8-r'],
		['the markup when there is no header', meta, undefined, 'koi8-r'],
		['the markup when the header has a label that does not exist', meta, 'text/html; charset=utf-9', 'koi8-r'],
		['UTF-8 when nothing is said', '<p>', HTML, 'utf-8'],
		['UTF-8 when all labels are wrong', '<meta charset=foo>', 'text/html; charset=bar', 'utf-8'],
		['nothing in plain text but the header', meta, 'text/plain', 'utf-8'],
		['nothing in a script but the header', `// ${meta}`, 'text/javascript', 'utf-8'],
		['UTF-8 for an empty body', '', undefined, 'utf-8'],
	])('%s', (_, body, contentType, expected) => {
		expect(charset(body, contentType)).toBe(expected);
	});
});

describe('the charset parameter', () => {
	it.each([
		['text/plain;charset=ISO-8859-2', 'iso-8859-2'],
		['text/plain; charset="Shift_JIS"', 'shift_jis'],
		["text/plain; charset='big5'", 'big5'],
		['text/plain; Charset = euc-kr ; format=flowed', 'euc-kr'],
		['text/plain; format=flowed; charset=latin1', 'windows-1252'],
		['text/plain; charset=gbk; charset=big5', 'gbk'],
		['charset=gbk', 'utf-8'],
		['text/plain; xcharset=gbk', 'utf-8'],
		['text/plain; charset=', 'utf-8'],
	])('%s', (contentType, expected) => {
		expect(charset('', contentType)).toBe(expected);
	});
});

describe('<meta>', () => {
	it.each([
		['<meta charset="gbk">', 'gbk'],
		["<META CHARSET='gbk' />", 'gbk'],
		['<meta/charset=gbk>', 'gbk'],
		['<meta name=x charset=gbk>', 'gbk'],
		['<meta http-equiv="Content-Type" content="text/html; charset=gbk">', 'gbk'],
		['<meta content="text/html;charset = \'gbk\'" http-equiv=content-type>', 'gbk'],
		['<meta title=">" charset=gbk>', 'gbk'],
		['<!-- <meta charset=big5> --><meta charset=gbk>', 'gbk'],
		['<!--><meta charset=gbk><!-- -->', 'gbk'],
		['<meta charset=nonsense><meta charset=gbk>', 'gbk'],
		['<meta charset=utf-16le>', 'utf-8'],
		['<meta charset=x-user-defined>', 'windows-1252'],
		['<meta name=description content="charset=gbk">', 'utf-8'],
		['<meta http-equiv=refresh content="0; charset=gbk">', 'utf-8'],
		['<metadata charset=gbk>', 'utf-8'],
		['<!-- <meta charset=gbk>', 'utf-8'],
		['<meta charset=gbk', 'utf-8'],
		['<meta charset=iso-2022-kr>', 'utf-8'],
	])('%s', (body, expected) => {
		expect(charset(body, HTML)).toBe(expected);
	});

	it('counts within the first 1,024 bytes only', () => {
		const tag = '<meta charset=gbk>';
		expect(charset(' '.repeat(1024 - tag.length) + tag, HTML)).toBe('gbk');
		expect(charset(' '.repeat(1025 - tag.length) + tag, HTML)).toBe('utf-8');
	});
});

describe('the XML declaration', () => {
	const xml = '<?xml version="1.0" encoding="windows-1251"?><a/>';
	it.each([
		[xml, 'text/xml', 'windows-1251'],
		[xml, 'application/rss+xml', 'windows-1251'],
		[xml, 'application/xml; charset=gbk', 'gbk'],
		["<?xml version='1.0' encoding = 'koi8-r' ?>", 'application/xml', 'koi8-r'],
		['<?xml version="1.0" encoding="UTF-16"?>', 'text/xml', 'utf-8'],
		['<?xml version="1.0"?><a encoding="gbk"/>', 'text/xml', 'utf-8'],
		[`\n${xml}`, 'text/xml', 'utf-8'],
		['<meta charset=gbk>', 'text/xml', 'utf-8'],
		[xml, undefined, 'windows-1251'],
		[xml, 'text/plain', 'utf-8'],
	])('%s as %s', (body, contentType, expected) => {
		expect(charset(body, contentType)).toBe(expected);
	});
});

it.each(['application/json; charset=gbk', 'text/json', 'application/problem+json; charset=latin1'])(
	'%s is UTF-8',
	(type) => {
		expect(charset('{}', type)).toBe('utf-8');
		expect(charset('\xff\xfe', type)).toBe('utf-8');
	},
);
