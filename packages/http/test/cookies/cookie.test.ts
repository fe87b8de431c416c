import { describe, expect, it } from 'vitest';
import { cookieOf, jarCookieOf } from '../../src/cookies/cookie.ts';
import { InvalidRequestError } from '../../src/errors.ts';

describe('a cookie for its user, and back', () => {
	it.each([
		[{ name: 'a', value: 'b', domain: 'www.example.com', path: '/', expires: -1, httpOnly: false, secure: false }],
		[
			{
				name: 'a',
				value: '',
				domain: '.example.com',
				path: '/x',
				expires: 1_900_000_000.5,
				httpOnly: true,
				secure: true,
				sameSite: 'Lax',
			},
		],
		[
			{
				name: '',
				value: 'b="c"',
				domain: '127.0.0.1',
				path: '/',
				expires: 0,
				httpOnly: false,
				secure: false,
				sameSite: 'Strict',
			},
		],
	])('is the same: %j', (cookie) => {
		expect(cookieOf(jarCookieOf(cookie, 'cookies[0]'))).toEqual(cookie);
	});

	it('takes what Playwright gives, and what it leaves out', () => {
		const saved = { name: 'a', value: 'b', domain: '.Example.COM', path: '/', partitionKey: 'x' };
		expect(jarCookieOf(saved, 'cookies[0]')).toMatchObject({
			domain: 'example.com',
			hostOnly: false,
			expires: 'Infinity',
		});
		expect(jarCookieOf({ ...saved, domain: '[::1]' }, 'cookies[0]')).toMatchObject({ domain: '::1', hostOnly: true });
	});

	const good = { name: 'a', value: 'secret', domain: 'a.com', path: '/' };
	it.each([
		[null, 'cookies[3].domain'],
		[{ ...good, name: undefined }, 'cookies[3].name'],
		[{ ...good, value: 7 }, 'cookies[3].value'],
		[{ ...good, value: 'secret; Path=/' }, 'cookies[3].value'],
		[{ ...good, value: 'secret\r\nx: y' }, 'cookies[3].value'],
		[{ ...good, value: 'secret\u20ac' }, 'cookies[3].value'],
		[{ ...good, expires: 'soon' }, 'cookies[3].expires'],
		[{ ...good, expires: Number.NaN }, 'cookies[3].expires'],
	])('refuses %j without showing its value', (saved, named) => {
		let error: unknown;
		try {
			jarCookieOf(saved, 'cookies[3]');
		} catch (thrown) {
			error = thrown;
		}
		expect(error).toBeInstanceOf(InvalidRequestError);
		expect(String(error)).toContain(named);
		expect(String(error)).not.toContain('secret');
	});
});
