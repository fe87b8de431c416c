import { describe, expect, it } from 'vitest';
import { TokenFailure, tokenGrant } from '../../src/auth/token-grant.ts';

const now = 1_800_000_000_000;
const never = { refreshAt: Number.POSITIVE_INFINITY, expiresAt: Number.POSITIVE_INFINITY };

describe('tokenGrant', () => {
	it.each([
		['its life in milliseconds', { token: 't', expiresInMs: 3_600_000 }],
		['its end', { token: 't', expiresAt: now + 3_600_000 }],
		['both, the life counts', { token: 't', expiresInMs: 3_600_000, expiresAt: now + 1 }],
	])('knows %s', (_name, given) => {
		expect(tokenGrant(given, 30_000, now)).toEqual({
			authorization: 'Bearer t',
			refreshAt: now + 3_570_000,
			expiresAt: now + 3_585_000,
		});
	});

	it('reads exp where nothing else is said', () => {
		const token = `e30.${Buffer.from(JSON.stringify({ exp: now / 1_000 + 100 })).toString('base64url')}.c2ln`;
		expect(tokenGrant(token, 30_000, now).refreshAt).toBe(now + 70_000);
		expect(tokenGrant({ token, expiresInMs: 1_000_000 }, 30_000, now).refreshAt).toBe(now + 970_000);
	});

	it('uses at most half the life as skew', () => {
		expect(tokenGrant({ token: 't', expiresInMs: 2_000 }, 30_000, now)).toMatchObject({
			refreshAt: now + 1_000,
			expiresAt: now + 1_500,
		});
		expect(tokenGrant({ token: 't', expiresInMs: 2_000 }, 0, now)).toMatchObject({
			refreshAt: now + 2_000,
			expiresAt: now + 2_000,
		});
	});

	it.each([
		['an opaque token', 'opaque'],
		['a token that was over when it came', { token: 't', expiresAt: now - 1 }],
		['an end given in seconds', { token: 't', expiresAt: now / 1_000 }],
		['a token without an end', { token: 't', expiresInMs: Number.POSITIVE_INFINITY }],
	])('lets the server say when it has had enough of %s', (_name, given) => {
		expect(tokenGrant(given, 30_000, now)).toMatchObject(never);
		expect(tokenGrant(given, Number.POSITIVE_INFINITY, now)).toMatchObject(never);
	});

	it.each([
		[undefined, /gave no token/],
		['', /gave no token/],
		[{ expiresAt: 1 }, /gave no token/],
		[{ token: 7 }, /gave no token/],
		['secret\r\nx: y', /no header can carry/],
		['secret token', /no header can carry/],
		['s\u00e9cret', /no header can carry/],
		[{ token: 'secret', expiresAt: Number.NaN }, /expiresAt of type number/],
		[{ token: 'secret', expiresInMs: '3600' }, /expiresInMs of type string/],
	])('refuses %j without showing it', (given, message) => {
		let error: unknown;
		try {
			tokenGrant(given, 30_000, now);
		} catch (thrown) {
			error = thrown;
		}
		expect(error).toBeInstanceOf(TokenFailure);
		expect(String(error)).toMatch(message);
		expect(String(error)).not.toMatch(/s[e\u00e9]cret/);
	});

	it('takes what RFC 6750 does not, when a header does', () => {
		expect(tokenGrant('1|a:b', 0, now).authorization).toBe('Bearer 1|a:b');
	});
});
