import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizePercentEncoding } from '../../src/url/percent-encoding.ts';

describe('normalizePercentEncoding', () => {
	it.each([
		['/a%c3%a9', '/a%C3%A9'],
		['/%7Euser/%41%2d%2E%5f', '/~user/A-._'],
		['/a%2fb%26c%3Dd%2B+%20', '/a%2Fb%26c%3Dd%2B+%20'],
		['/100%', '/100%25'],
		['/%zz%4', '/%25zz%254'],
		['/%2541', '/%2541'],
		['/plain', '/plain'],
	])('%s → %s', (before, after) => {
		expect(normalizePercentEncoding(before)).toBe(after);
	});

	it('makes no new escape out of decoded digits', () => {
		expect(normalizePercentEncoding('%%34%31')).toBe('%2541');
	});

	it('changes nothing the second time, and never what the text decodes to', () => {
		const piece = fc.oneof(
			fc.constantFrom('%', '%4', '%41', '%c3%a9', '%2F', '%25'),
			fc.string({ unit: 'grapheme-ascii' }),
		);
		fc.assert(
			fc.property(fc.array(piece), (pieces) => {
				const text = pieces.join('');
				const once = normalizePercentEncoding(text);
				expect(normalizePercentEncoding(once)).toBe(once);
				expect(decodeBytes(once)).toBe(decodeBytes(text.replace(/%(?![0-9a-f]{2})/gi, '%25')));
			}),
		);
	});
});

/** Every escape as one byte, so that it decodes what no UTF-8 decoder would. */
function decodeBytes(text: string): string {
	return text.replace(/%([0-9a-f]{2})/gi, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
