import { expect, test } from 'vitest';
import { readDigestCredentials } from '../../../src/api/auth-site/digest-credentials.ts';

const good =
	'Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=MD5, nonce="n", ' +
	'nc=0000000a, cnonce="c", qop=auth, response="8ca523f5e9506fed4657c9700eebdbec", opaque="o"';

test('the parameters by name', () => {
	expect(readDigestCredentials(good)).toEqual({
		user: 'Mufasa',
		realm: 'http-auth@example.org',
		uri: '/dir/index.html',
		algorithm: 'MD5',
		nonce: 'n',
		nc: '0000000a',
		cnonce: 'c',
		qop: 'auth',
		response: '8ca523f5e9506fed4657c9700eebdbec',
		opaque: 'o',
	});
});

test('MD5 where no algorithm is named', () => {
	expect(readDigestCredentials(good.replace(' algorithm=MD5,', ''))?.algorithm).toBe('MD5');
});

test('other schemes are none', () => {
	expect([readDigestCredentials(''), readDigestCredentials('Basic YTo='), readDigestCredentials('Digest')]).toEqual([
		undefined,
		undefined,
		undefined,
	]);
});

test.each([
	['as RFC 8187 has it', "username*=UTF-8''J%C3%A4s%C3%B8n%20Doe"], // RFC 7616 section 3.9.2
	['as UTF-8', `username="${Buffer.from('Jäsøn Doe').toString('latin1')}"`],
])('a name outside of ASCII, %s', (_, param) => {
	expect(readDigestCredentials(good.replace('username="Mufasa"', param))?.user).toBe('Jäsøn Doe');
});

test.each(['username', 'realm', 'uri', 'nonce', 'nc', 'cnonce', 'qop', 'response', 'opaque'])(
	'%s must be there',
	(name) => {
		const without = good.replace(new RegExp(`${name}=("[^"]*"|[^,]*)`), `x${name}=y`);
		expect(() => readDigestCredentials(without)).toThrow(`${name} is missing`);
	},
);

test.each(['username', 'realm', 'nonce', 'cnonce', 'response', 'opaque'])('%s must be quoted', (name) => {
	const bare = good.replace(new RegExp(`${name}="[^"]*"`), `${name}=bare`);
	expect(() => readDigestCredentials(bare)).toThrow(`${name} must be quoted`);
});

test.each(['algorithm', 'nc', 'qop'])('%s must not be quoted', (name) => {
	const quoted = good.replace(new RegExp(`${name}=([^,]*)`), `${name}="$1"`);
	expect(() => readDigestCredentials(quoted)).toThrow(`${name} must not be quoted`);
});

test.each([
	['nc=0000000a', 'nc=a', 'nc must be eight hexadecimal digits'],
	['nc=0000000a', 'nc=0000000A', 'nc must be eight hexadecimal digits'],
	['cnonce="c"', 'cnonce=""', 'cnonce must not be empty'],
	['opaque="o"', 'nonce="n"', 'each name once'],
	['opaque="o"', 'opaque="o', 'name=value'],
	['opaque="o"', 'opaque="o", username*=UTF-8\'\'x', 'Only one of username and username*'],
	['username="Mufasa"', "username*=latin1''x", "must begin with UTF-8''"],
	['username="Mufasa"', "username*=UTF-8''%ff", 'percent-encoded UTF-8'],
])('%s as %s is improper', (right, wrong, message) => {
	expect(() => readDigestCredentials(good.replace(right, wrong))).toThrow(message);
});
