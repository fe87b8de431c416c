import { expect, test } from 'vitest';
import { productToken } from '../src/robots/product-token.ts';
import { DEFAULT_USER_AGENT } from '../src/user-agent.ts';

test('names us to robots.txt, says where to find us, and can be sent', () => {
	expect(productToken(DEFAULT_USER_AGENT)).toBe('orbweaver');
	expect(DEFAULT_USER_AGENT).toMatch(/^[\x20-\x7e]+\(\+https:\/\/[^)]+\)$/);
});
