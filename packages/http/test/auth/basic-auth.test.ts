import { describe, expect, it } from 'vitest';
import { basicAuth } from '../../src/auth/basic-auth.ts';
import { InvalidRequestError } from '../../src/errors.ts';

const request = { method: 'GET', url: 'http://a.test/', path: '/', body: '', signal: undefined };

describe('basicAuth', () => {
	it.each([
		['Aladdin', 'open sesame', 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='], // RFC 7617 §2
		['test', '123\u00a3', 'Basic dGVzdDoxMjPCow=='], // RFC 7617 §2.1
		['', '', 'Basic Og=='],
		['user', 'with:colon', `Basic ${btoa('user:with:colon')}`],
		['e\u0301', 'x', `Basic ${Buffer.from('\u00e9:x').toString('base64')}`], // composed, as RFC 7617 §2.1 wants it
	])('encodes %j and %j', (user, password, authorization) => {
		expect(basicAuth(user, password).authorize(request)).toBe(authorization);
	});

	it('refuses a user name with a colon', () => {
		expect(() => basicAuth('a:b', 'secret')).toThrow(/user name with a colon/);
	});

	it('refuses what no credentials can hold', () => {
		expect(() => basicAuth('a\n', 'secret')).toThrow(InvalidRequestError);
	});
});
