import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jwtExpiry } from '../../src/auth/jwt-expiry.ts';

function jwt(claims: unknown): string {
	return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
}

describe('jwtExpiry', () => {
	it('reads the token of RFC 7519 §3.1', () => {
		const token =
			'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLm' +
			'NvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
		expect(jwtExpiry(token)).toBe(1_300_819_380_000);
	});

	it.each([
		['opaque', 'opaque'],
		['two parts', 'a.b'],
		['no JSON', 'a.b.c'],
		['no exp', jwt({ sub: 'x' })],
		['exp as text', jwt({ exp: '1300819380' })],
		['null', jwt(null)],
		['a number', jwt(7)],
	])('knows no end of %s', (_name, token) => {
		expect(jwtExpiry(token)).toBeUndefined();
	});

	it('reads any whole number and any base64url', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0 }), fc.string({ unit: 'binary' }), (exp, sub) => {
				expect(jwtExpiry(jwt({ sub, exp }))).toBe(exp * 1_000);
			}),
		);
	});

	it('takes whatever text it is given', () => {
		fc.assert(fc.property(fc.string(), (text) => jwtExpiry(text) === undefined));
	});
});
