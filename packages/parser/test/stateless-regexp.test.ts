import { expect, it } from 'vitest';
import { statelessRegExp } from '../src/stateless-regexp.ts';

it.each([/a/g, /a/y, /a/gy, /A/gi])('%s answers the same each time', (pattern) => {
	const stateless = statelessRegExp(pattern);
	expect([stateless.test('ab'), stateless.test('ab'), stateless.test('ab')]).toEqual([true, true, true]);
});

it('keeps a sticky pattern at the start, each of its alternatives', () => {
	const stateless = statelessRegExp(/a|b/y);
	expect(stateless.test('b')).toBe(true);
	expect(stateless.test('xb')).toBe(false);
});
