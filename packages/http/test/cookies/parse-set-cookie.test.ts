import { describe, expect, it } from 'vitest';
import { parseSetCookie } from '../../src/cookies/parse-set-cookie.ts';

const now = Date.UTC(2030, 0, 1);
const day = 24 * 60 * 60 * 1_000;

describe('parseSetCookie', () => {
	it('reads the attributes', () => {
		const cookie = parseSetCookie(
			'id="7"; Path=/a; DOMAIN=.Example.com; secure; HttpOnly; SameSite=Lax',
			'www.example.com',
			now,
		);
		expect(cookie).toMatchObject({
			key: 'id',
			value: '"7"',
			path: '/a',
			domain: 'example.com',
			secure: true,
			httpOnly: true,
			sameSite: 'lax',
			expires: 'Infinity',
			maxAge: null,
		});
	});

	it.each([
		['Max-Age=60', now + 60_000],
		['Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', now + 60_000],
		['Expires=Wed, 02 Jan 2030 00:00:00 GMT', now + day],
		['Expires=Tue, 19 Jan 2038 03:14:07 GMT', now + 400 * day],
		['Max-Age=99999999999999999999', now + 400 * day],
		['Max-Age=0', 0],
		['Max-Age=-1', 0],
		['Expires=Thu, 01 Jan 1970 00:00:00 GMT', 0],
	])('turns %s into a date', (attribute, expiresAt) => {
		const cookie = parseSetCookie(`a=b; ${attribute}`, 'example.com', now);
		expect([cookie.expires, cookie.maxAge]).toEqual([new Date(expiresAt), null]);
	});

	it.each(['Expires=soon', 'Max-Age=1h', 'Max-Age='])('ignores %s', (attribute) => {
		expect(parseSetCookie(`a=b; ${attribute}`, 'example.com', now).expires).toBe('Infinity');
	});

	it.each([
		['github.io', 'github.io'],
		['intranet', 'intranet'],
		['127.0.0.1', '127.0.0.1'],
		['::1', '[::1]'],
	])('gives %s, which is its own public suffix or an address, a cookie of its own', (host, domain) => {
		expect(parseSetCookie(`a=b; Domain=${domain}`, host, now).domain).toBeNull();
	});

	it('writes a domain as hosts are written', () => {
		// A header is read as Latin-1.
		expect(parseSetCookie('a=b; Domain=b\u00fccher.example', 'xn--bcher-kva.example', now).domain).toBe(
			'xn--bcher-kva.example',
		);
	});

	it.each([
		['', /does not begin with a name/],
		['novalue', /does not begin with a name/],
		['=value', /does not begin with a name/],
		['a=b\r\nx: y', /cannot carry/],
		['a=\u20ac', /cannot carry/],
		[`a=${'x'.repeat(4_096)}`, /longer than 4096 bytes/],
	])('refuses %j', (header, message) => {
		expect(() => parseSetCookie(header, 'example.com', now)).toThrow(message);
	});

	it('takes a pair of 4,096 bytes', () => {
		expect(parseSetCookie(`a=${'x'.repeat(4_095)}`, 'example.com', now).value).toHaveLength(4_095);
	});
});
