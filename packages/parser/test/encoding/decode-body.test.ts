import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../src/encoding/decode-body.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const META_GBK = '<meta charset=gbk>';

describe('decodeBody', () => {
	it('believes a byte order mark before anything else, and leaves it out', () => {
		const utf8 = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('é<meta charset=gbk>')]);
		expect(decodeBody(utf8, 'text/html; charset=koi8-r')).toEqual({ text: 'é<meta charset=gbk>', encoding: 'utf-8' });

		const little = Buffer.from('\uFEFF<p>é', 'utf16le');
		expect(decodeBody(little, 'text/html; charset=utf-8')).toEqual({ text: '<p>é', encoding: 'utf-16le' });
		expect(decodeBody(Buffer.from(little).swap16())).toEqual({ text: '<p>é', encoding: 'utf-16be' });
	});

	it('removes one mark only', () => {
		expect(decodeBody(Buffer.from('\uFEFF\uFEFFa')).text).toBe('\uFEFFa');
	});

	it('believes the header before the markup', () => {
		const body = Buffer.concat([latin1(META_GBK), Buffer.from([0xf0])]);
		expect(decodeBody(body, 'text/html; charset=koi8-r')).toEqual({ text: `${META_GBK}П`, encoding: 'koi8-r' });
	});

	it('passes over a label that does not exist', () => {
		const body = Buffer.concat([latin1(META_GBK), Buffer.from([0xc4, 0xe3])]);
		expect(decodeBody(body, 'text/html; charset=none')).toEqual({ text: `${META_GBK}你`, encoding: 'gbk' });
		expect(decodeBody(latin1('<meta charset=none>é'))).toEqual({
			text: '<meta charset=none>é',
			encoding: 'windows-1252',
		});
	});

	it('looks for a declaration in the first 1,024 bytes only', () => {
		const padding = ' '.repeat(1024 - META_GBK.length);
		expect(decodeBody(latin1(padding + META_GBK)).encoding).toBe('gbk');
		expect(decodeBody(latin1(` ${padding}${META_GBK}`)).encoding).toBe('utf-8');
	});

	it('falls back to UTF-8 when the bytes are, else to windows-1252', () => {
		expect(decodeBody(Buffer.from('naïve €'))).toEqual({ text: 'naïve €', encoding: 'utf-8' });
		expect(decodeBody(latin1('na\xEFve \x80'))).toEqual({ text: 'naïve €', encoding: 'windows-1252' });
		expect(decodeBody(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8' });
	});

	it.each(['é€', 'é€'.repeat(5), '日本', '🕸 🕷'])('keeps UTF-8 that was cut inside a character: %s', (text) => {
		const whole = Buffer.from(`ä${text}`);
		for (let cut = 3; cut < whole.length; cut++) expect(decodeBody(whole.subarray(0, cut)).encoding).toBe('utf-8');
	});

	it('does not take one odd byte at the end of ASCII for UTF-8', () => {
		expect(decodeBody(latin1('caf\xE9'))).toEqual({ text: 'café', encoding: 'windows-1252' });
	});

	it('reads the declaration of XML, and no <meta> there', () => {
		const xml = Buffer.concat([latin1('<?xml version="1.0" encoding="koi8-r"?><a>'), Buffer.from([0xf0])]);
		for (const type of ['text/xml', 'application/xml', 'application/rss+xml']) {
			expect(decodeBody(xml, type)).toMatchObject({ encoding: 'koi8-r', text: expect.stringContaining('<a>П') });
		}
		expect(decodeBody(latin1(`<a>${META_GBK}`), 'text/xml').encoding).toBe('utf-8');
		expect(decodeBody(Buffer.from('<?xml version="1.0"?><a>é', 'utf16le'), 'text/xml')).toMatchObject({
			encoding: 'utf-16le',
			text: '<?xml version="1.0"?><a>é',
		});
	});

	it.each(['application/json', 'text/plain', 'text/css'])('takes no <meta> from %s', (type) => {
		expect(decodeBody(latin1(META_GBK), type).encoding).toBe('utf-8');
	});

	it('reads a view of a larger buffer', () => {
		const bytes = new TextEncoder().encode('xxé');
		expect(decodeBody(bytes.subarray(2)).text).toBe('é');
	});

	it('gives back any text that was encoded as UTF-8', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				fc.pre(!text.startsWith('\uFEFF'));
				expect(decodeBody(Buffer.from(text), 'text/html; charset=utf-8').text).toBe(text);
			}),
		);
	});

	it('never throws, whatever the bytes and the header', () => {
		const label = fc.constantFrom(
			'utf-8',
			'gbk',
			'big5',
			'euc-kr',
			'shift_jis',
			'utf-16',
			'iso-2022-jp',
			'replacement',
			'x',
		);
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), label, (bytes, charset) => {
				expect(decodeBody(bytes, `text/html; charset=${charset}`).text).toBeTypeOf('string');
			}),
		);
	});
});
