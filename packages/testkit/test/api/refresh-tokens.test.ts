import { expect, test } from 'vitest';
import { RefreshTokens } from '../../src/api/refresh-tokens.ts';

test('a token works once, for its user', () => {
	const tokens = new RefreshTokens();
	const [ada, bob] = [tokens.issue('ada'), tokens.issue('bob')];
	expect(ada).not.toBe(bob);
	expect([tokens.redeem(bob), tokens.redeem(ada), tokens.redeem(ada), tokens.redeem('none')]).toEqual([
		'bob',
		'ada',
		undefined,
		undefined,
	]);
});

test('revoked tokens do not work', () => {
	const tokens = new RefreshTokens();
	const old = tokens.issue('ada');
	tokens.revokeAll();
	expect(tokens.redeem(old)).toBeUndefined();
	expect(tokens.redeem(tokens.issue('ada'))).toBe('ada');
});
