import { describe, expect, it } from 'vitest';
import { cookiePath } from '../../src/cookies/cookie-path.ts';

describe('cookiePath', () => {
	it.each([
		['/a/b', '/a/b'],
		['/caf%C3%A9', '/caf\u00e9'],
		['/a%2Fb', '/a%2Fb'],
		['/100%', '/100%'],
		['/%FF', '/%FF'],
	])('makes of %s %s', (path, compared) => {
		expect(cookiePath(path)).toBe(compared);
	});
});
