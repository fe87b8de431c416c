import { describe, expect, it } from 'vitest';
import { requireCredentials } from '../../src/auth/require-credentials.ts';
import { InvalidRequestError } from '../../src/errors.ts';

describe('requireCredentials', () => {
	it.each([
		['', ''],
		['a:b', 'c:d'],
		['J\u00e4s\u00f8n Doe', '\u20ac "\\'],
	])('takes %j and %j', (user, password) => {
		expect(() => requireCredentials('basicAuth', user, password)).not.toThrow();
	});

	it.each([
		['a\r\nx: y', 'secret', 'a user with a control character'],
		['a', 'secret\n', 'a password with a control character'],
		['a', 'secret\u0085', 'a password with a control character'],
		['a', undefined, 'a password of type undefined'],
		[7, 'secret', 'a user of type number'],
	])('refuses %j and %j, and shows neither', (user, password, named) => {
		let error: unknown;
		try {
			requireCredentials('basicAuth', user, password);
		} catch (thrown) {
			error = thrown;
		}
		expect(error).toBeInstanceOf(InvalidRequestError);
		expect(String(error)).toContain(`basicAuth was given ${named}`);
		expect(String(error)).not.toMatch(/secret|x: y/);
	});
});
