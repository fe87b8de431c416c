import { describe, expect, it } from 'vitest';
import { strongestDigest } from '../../src/auth/digest-challenge.ts';
import { parseChallenges } from '../../src/auth/parse-challenges.ts';

function strongest(...headers: string[]): ReturnType<typeof strongestDigest> {
	return strongestDigest(parseChallenges(headers));
}

describe('strongestDigest', () => {
	it('reads the second challenge of RFC 7616 §3.9.2', () => {
		const challenge = strongest(
			'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="5TsQWLVd", opaque="HRPCssKJ", charset=UTF-8, userhash=true',
		);
		expect(challenge).toEqual({
			realm: 'api@example.org',
			nonce: '5TsQWLVd',
			opaque: 'HRPCssKJ',
			algorithm: 'SHA-512-256',
			hash: 'sha512-256',
			session: false,
			qop: 'auth',
			userhash: true,
			utf8: true,
			stale: false,
		});
	});

	it('fills in what old servers leave out', () => {
		expect(strongest('Digest nonce=1')).toEqual({
			realm: '',
			nonce: '1',
			opaque: undefined,
			algorithm: undefined,
			hash: 'md5',
			session: false,
			qop: undefined,
			userhash: false,
			utf8: false,
			stale: false,
		});
	});

	it.each([
		['the strongest', ['MD5', 'SHA-512-256', 'SHA-256'], 'SHA-512-256'],
		['the first of equals', ['SHA-256-sess', 'SHA-256'], 'SHA-256-sess'],
		['those it knows', ['SHA3-512', 'MD5'], 'MD5'],
		['names in any case', ['md5', 'sha-256-SESS'], 'sha-256-SESS'],
	])('takes %s', (_name, algorithms, taken) => {
		const headers = algorithms.map((algorithm) => `Digest nonce=1, algorithm=${algorithm}`);
		expect(strongest(...headers)?.algorithm).toBe(taken);
		expect(strongest(headers.join(', '))?.algorithm).toBe(taken);
	});

	it.each([
		['auth', 'auth'],
		['auth-int', 'auth-int'],
		['auth-int, auth', 'auth'],
		['AUTH', 'auth'],
		['auth-conf,auth-int', 'auth-int'],
	])('takes of qop "%s" %s', (offered, qop) => {
		expect(strongest(`Digest nonce=1, qop="${offered}"`)?.qop).toBe(qop);
	});

	it.each(['Digest realm=x', 'Digest nonce=1, qop="auth-conf"', 'Digest nonce=1, algorithm=SHA3-512', 'Basic nonce=1'])(
		'cannot answer %s',
		(header) => {
			expect(strongest(header)).toBeUndefined();
		},
	);

	it.each([
		['stale=true', true],
		['stale="TRUE"', true],
		['stale=false', false],
	])('reads %s', (field, stale) => {
		expect(strongest(`Digest nonce=1, ${field}`)?.stale).toBe(stale);
	});
});
