import { expect, test } from 'vitest';
import type { DigestInput } from '../../../src/api/auth-site/digest-response.ts';
import { digestResponse } from '../../../src/api/auth-site/digest-response.ts';

/** The example of RFC 7616 section 3.9.1. */
const example = {
	user: 'Mufasa',
	realm: 'http-auth@example.org',
	password: 'Circle of Life',
	method: 'GET',
	uri: '/dir/index.html',
	nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
	nc: '00000001',
	cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
	firstCnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
	qop: 'auth',
	body: Buffer.from('{"a":1}'),
} as const satisfies Omit<DigestInput, 'algorithm'>;

test.each([
	['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
	['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
] as const)('%s as in RFC 7616 section 3.9.1', (algorithm, response) => {
	expect(digestResponse({ ...example, algorithm })).toBe(response);
});

test('MD5 as in RFC 2617 section 3.5', () => {
	const input = {
		...example,
		algorithm: 'MD5',
		realm: 'testrealm@host.com',
		password: 'Circle Of Life',
		nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
		cnonce: '0a4f113b',
	} as const;
	expect(digestResponse(input)).toBe('6629fae49393a05397450978507c4ef1');
});

// Computed with Python's hashlib.
test.each([
	['MD5', 'auth-int', '802c7b37f84261b6743607457ca89c64'],
	['MD5-sess', 'auth', 'e783283f46242139c486a698fec7211d'],
	['MD5-sess', 'auth-int', '0fdc5f7b962210146caf6f4237017121'],
	['SHA-256', 'auth-int', 'f8ba62dc4efbcda9535f51f3b87b1e34378102877c18329162ef4c47e544c0f3'],
	['SHA-256-sess', 'auth', '2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7'],
	['SHA-256-sess', 'auth-int', '579ebbb5b8d5b9dafffcf31c3d61cb54d6f2375d20a674f5c9e320a14005fc9a'],
] as const)('%s with %s', (algorithm, qop, response) => {
	expect(digestResponse({ ...example, algorithm, qop })).toBe(response);
});

test.each([
	['MD5-sess', 'c663958480357f51da4472ef203fdc41'],
	['SHA-256-sess', 'e124b1e9a66f49bcaa4f8cb2e8f2710fa86f7bac776707eacd449709a3ae24c8'],
] as const)('%s keeps the key of its first request', (algorithm, response) => {
	expect(digestResponse({ ...example, algorithm, nc: '00000002', cnonce: 'other' })).toBe(response);
});
