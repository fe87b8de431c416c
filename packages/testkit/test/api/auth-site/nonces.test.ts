import { expect, test } from 'vitest';
import { Nonces } from '../../../src/api/auth-site/nonces.ts';

test('nonces and their opaques differ, and are found again', () => {
	const nonces = new Nonces();
	const [one, two] = [nonces.issue('MD5', 1), nonces.issue('MD5', 1)];
	expect(new Set([one.value, two.value, one.opaque, two.opaque]).size).toBe(4);
	expect([nonces.find(two.value), nonces.find('other')]).toEqual([two, undefined]);
});

test('counts grow, or are only new', () => {
	const nonce = new Nonces().issue('MD5', Number.POSITIVE_INFINITY);
	nonce.use(1, 'c');
	nonce.use(5, 'c');
	expect([0, 1, 3, 5, 6].map((count) => nonce.isNew(count, true))).toEqual([false, false, false, false, true]);
	expect([0, 1, 3, 5, 6].map((count) => nonce.isNew(count, false))).toEqual([false, false, true, false, true]);
});

test('stale after its uses, and true to its first cnonce', () => {
	const nonce = new Nonces().issue('MD5', 2);
	expect(nonce.firstCnonce).toBeUndefined();
	nonce.use(1, 'first');
	expect(nonce.isStale).toBe(false);
	nonce.use(2, 'second');
	expect([nonce.isStale, nonce.firstCnonce]).toEqual([true, 'first']);
});
