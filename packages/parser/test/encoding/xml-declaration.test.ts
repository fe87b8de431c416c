import { describe, expect, it } from 'vitest';
import { utf16XmlDeclaration, xmlDeclaredEncoding } from '../../src/encoding/xml-declaration.ts';

describe('xmlDeclaredEncoding', () => {
	it.each([
		['<?xml version="1.0" encoding="ISO-8859-1"?>', 'windows-1252'],
		["<?xml version='1.0' encoding='shift_jis' standalone='yes'?>", 'shift_jis'],
		['<?xml encoding \t=\n "gbk"?>', 'gbk'],
		['<?xml encoding="utf-16"?>', 'utf-8'],
	])('reads %j', (head, encoding) => {
		expect(xmlDeclaredEncoding(head)).toBe(encoding);
	});

	it.each([
		[' <?xml encoding="gbk"?>', 'does not start the document'],
		['<?xml version="1.0"?><a encoding="gbk">', 'stands outside the declaration'],
		['<?xml encoding=gbk?>', 'has no quotes'],
		['<?xml encoding="g bk"?>', 'has a space'],
		['<?xml encoding="gbk', 'never ends'],
		['<?xml encoding="no-such"?>', 'is unknown'],
		['<?xml encoding encoding="gbk"?>', 'follows another "encoding"'],
	])('ignores %j: it %s', (head) => {
		expect(xmlDeclaredEncoding(head)).toBeUndefined();
	});
});

describe('utf16XmlDeclaration', () => {
	it('knows both byte orders by the way "<?x" is written', () => {
		const text = '<?xml version="1.0"?>';
		const littleEndian = Buffer.from(text, 'utf16le');
		expect(utf16XmlDeclaration(littleEndian.toString('latin1'))).toBe('utf-16le');
		expect(utf16XmlDeclaration(Buffer.from(littleEndian).swap16().toString('latin1'))).toBe('utf-16be');
		expect(utf16XmlDeclaration(text)).toBeUndefined();
	});
});
