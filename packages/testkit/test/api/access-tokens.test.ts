import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose';
import { expect, test } from 'vitest';
import { AccessTokens } from '../../src/api/access-tokens.ts';

const EXPIRED = { refused: 'The access token expired' };
const FOREIGN = { refused: 'The access token is not one of ours' };

test.each([1, 250, 999, 1_000, 1_500, 2_000, 60_000])('a life of %i ms ends to the millisecond', async (lifetimeMs) => {
	for (const start of [1_700_000_000_000, 1_700_000_000_001, 1_700_000_000_999]) {
		let now = start;
		const tokens = new AccessTokens(lifetimeMs, () => now);
		const token = await tokens.issue('ada');
		now = start + lifetimeMs - 1;
		expect(await tokens.check(token)).toEqual({ user: 'ada' });
		now = start + lifetimeMs;
		expect(await tokens.check(token)).toEqual(EXPIRED);
		now = start + lifetimeMs + 3_600_000;
		expect(await tokens.check(token)).toEqual(EXPIRED);
	}
});

test('exp is never later than the end, and less than a second earlier', async () => {
	for (let start = 1_700_000_000_000; start < 1_700_000_001_000; start += 37) {
		const { iat = 0, exp = 0, end_ms: end } = decodeJwt(await new AccessTokens(2_000, () => start).issue('ada'));
		expect(end).toBe(start + 2_000);
		expect(Number.isInteger(exp) && Number.isInteger(iat)).toBe(true);
		expect(exp * 1_000).toBeLessThanOrEqual(start + 2_000);
		expect(exp * 1_000).toBeGreaterThan(start + 1_000);
		expect(exp - iat).toBe(2);
	}
});

test('revoking ends all lives before it and none after', async () => {
	const tokens = new AccessTokens(60_000);
	const [one, two] = [await tokens.issue('ada'), await tokens.issue('ada')];
	tokens.revokeAll();
	const three = await tokens.issue('ada');
	const revoked = { refused: 'The access token was revoked' };
	expect(await Promise.all([one, two, three].map((token) => tokens.check(token)))).toEqual([
		revoked,
		revoked,
		{ user: 'ada' },
	]);
});

test('a token that the server did not sign is refused, whatever it says', async () => {
	const tokens = new AccessTokens(60_000);
	const own = await tokens.issue('ada');
	const claims = decodeJwt(own);
	const [head, body, signature] = own.split('.') as [string, string, string];
	const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'eve' })).toString('base64url');
	const otherKey = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32, 1));
	const flipped = signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
	const foreign = [
		await new AccessTokens(60_000).issue('ada'),
		otherKey,
		new UnsecuredJWT(claims).encode(),
		`${head}.${forged}.${signature}`,
		`${head}.${body}.${flipped}`,
		`${head}.${body}`,
		'nonsense',
		'',
	];
	for (const token of foreign) expect(await tokens.check(token), token).toEqual(FOREIGN);
	expect(await tokens.check(own)).toEqual({ user: 'ada' });
});
