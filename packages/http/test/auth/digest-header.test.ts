import { describe, expect, it } from 'vitest';
import { type DigestChallenge, strongestDigest } from '../../src/auth/digest-challenge.ts';
import { type DigestAnswer, digestHeader } from '../../src/auth/digest-header.ts';
import { parseChallenges } from '../../src/auth/parse-challenges.ts';

function challenge(header: string): DigestChallenge {
	const read = strongestDigest(parseChallenges(header));
	if (read === undefined) throw new Error(`This is no challenge: ${header}`);
	return read;
}

/** The fields of an answer that is made of `changes` and of what does not matter. */
function answer(header: string, changes: Partial<DigestAnswer> = {}): Record<string, string> {
	const authorization = digestHeader({
		challenge: challenge(header),
		user: 'user',
		password: 'password',
		method: 'GET',
		uri: '/dir/index.html',
		body: '',
		cnonce: '0a4f113b',
		nonceCount: 1,
		...changes,
	});
	return Object.fromEntries(parseChallenges(authorization)[0]?.parameters ?? []);
}

describe('the examples of the standards', () => {
	const realm =
		'realm="http-auth@example.org", qop="auth, auth-int", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
	const nonce = 'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"';
	const mufasa = {
		user: 'Mufasa',
		password: 'Circle of Life',
		cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
	};

	it('RFC 7616 §3.9.1, SHA-256', () => {
		const { challenge: read, ...rest } = {
			challenge: challenge(`Digest ${realm}, algorithm=SHA-256, ${nonce}`),
			...mufasa,
		};
		const header = digestHeader({
			challenge: read,
			...rest,
			method: 'GET',
			uri: '/dir/index.html',
			body: '',
			nonceCount: 1,
		});
		expect(header).toBe(
			'Digest username="Mufasa", realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", ' +
				'uri="/dir/index.html", algorithm=SHA-256, qop=auth, nc=00000001, ' +
				'cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", ' +
				'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", ' +
				'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
		);
	});

	it('RFC 7616 §3.9.1, MD5', () => {
		expect(answer(`Digest ${realm}, algorithm=MD5, ${nonce}`, mufasa).response).toBe(
			'8ca523f5e9506fed4657c9700eebdbec',
		);
	});

	const doe = {
		user: 'J\u00e4s\u00f8n Doe',
		password: 'Secret, or not?',
		uri: '/doe.json',
		cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
	};
	const api =
		'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", ' +
		'opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8';
	// As erratum 4897 has it: the document's own values are those of SHA-512 cut to 256 bits.
	const response = '3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5';

	it('RFC 7616 §3.9.2, SHA-512-256 with the hash of the user name', () => {
		expect(answer(`${api}, userhash=true`, doe)).toMatchObject({
			username: '793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b',
			userhash: 'true',
			algorithm: 'SHA-512-256',
			response,
		});
	});

	it('RFC 7616 §3.9.2, the user name in UTF-8', () => {
		const fields = answer(api, doe);
		expect(fields).toMatchObject({ 'username*': "UTF-8''J%C3%A4s%C3%B8n%20Doe", response });
		expect(fields).not.toHaveProperty('username');
	});

	it('RFC 2617 §3.5', () => {
		const fields = answer(
			'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", ' +
				'opaque="5ccc069c403ebaf9f0171e9517f40e41"',
			{ user: 'Mufasa', password: 'Circle Of Life' },
		);
		expect(fields.response).toBe('6629fae49393a05397450978507c4ef1');
		expect(fields).not.toHaveProperty('algorithm');
	});

	it('RFC 2069 §2.4, without qop', () => {
		const fields = answer(
			'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
			{ user: 'Mufasa', password: 'CircleOfLife' },
		);
		// As erratum 749 has it.
		expect(fields.response).toBe('1949323746fe6a43ef61f9606e7febea');
		expect(Object.keys(fields)).toEqual(['username', 'realm', 'nonce', 'uri', 'response', 'opaque']);
	});
});

describe('digestHeader', () => {
	it('writes the count as eight hexadecimal digits', () => {
		expect(answer('Digest nonce=1, qop=auth', { nonceCount: 26 }).nc).toBe('0000001a');
	});

	it('covers the body with auth-int, text and bytes alike', () => {
		const header = 'Digest nonce=1, qop=auth-int';
		const text = answer(header, { body: 'h\u00e9llo' }).response;
		expect(answer(header, { body: new TextEncoder().encode('h\u00e9llo') }).response).toBe(text);
		expect(answer(header, { body: 'hello' }).response).not.toBe(text);
		const auth = 'Digest nonce=1, qop=auth';
		expect(answer(auth, { body: 'a' }).response).toBe(answer(auth, { body: 'b' }).response);
	});

	it('gives a server that wants -sess without qop the cnonce it needs', () => {
		const fields = answer('Digest nonce=1, algorithm=MD5-sess');
		expect(fields).toMatchObject({ cnonce: '0a4f113b', algorithm: 'MD5-sess' });
		expect(fields).not.toHaveProperty('nc');
	});

	it('escapes what a quoted string must not hold, and hashes it as it is', () => {
		const quoted = answer('Digest realm="a\\"b\\\\c", nonce=1', { user: 'x"y\\z' });
		expect(quoted).toMatchObject({ realm: 'a"b\\c', username: 'x"y\\z' });
	});

	it('sends bytes of UTF-8 to a server that does not speak of charsets', () => {
		const fields = answer('Digest realm="\u00c3\u00a9", nonce=1', { user: '\u00e9' });
		expect(fields).toMatchObject({ realm: '\u00c3\u00a9', username: '\u00c3\u00a9' });
	});

	it('encodes every character that username* must not hold', () => {
		const fields = answer('Digest nonce=1, charset=utf-8', { user: "\u00e9'(*)!" });
		expect(fields['username*']).toBe("UTF-8''%C3%A9%27%28%2A%29!");
	});
});
