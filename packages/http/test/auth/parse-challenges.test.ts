import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseChallenges } from '../../src/auth/parse-challenges.ts';

function parsed(header: string | string[]): unknown[] {
	return parseChallenges(header).map(({ scheme, token68, parameters }) => {
		return [scheme, ...(token68 === undefined ? [] : [token68]), Object.fromEntries(parameters)];
	});
}

describe('parseChallenges', () => {
	it('reads the list of RFC 9110 §11.6.1', () => {
		const header = 'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""';
		expect(parsed(header)).toEqual([
			['basic', { realm: 'simple' }],
			['newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }],
		]);
	});

	it.each([
		['a scheme alone', 'Negotiate', [['negotiate', {}]]],
		[
			'schemes alone',
			'Negotiate, NTLM',
			[
				['negotiate', {}],
				['ntlm', {}],
			],
		],
		[
			'token68',
			'Negotiate YII+/-._~==, Basic realm=x',
			[
				['negotiate', 'YII+/-._~==', {}],
				['basic', { realm: 'x' }],
			],
		],
		[
			'empty elements',
			', ,Basic realm="x",, ,Digest nonce=1,',
			[
				['basic', { realm: 'x' }],
				['digest', { nonce: '1' }],
			],
		],
		['blanks around =', 'Basic realm \t= "x" , charset= UTF-8', [['basic', { realm: 'x', charset: 'UTF-8' }]]],
		[
			'commas and = in quotes',
			'Digest qop="auth,auth-int", domain="/a, b=c"',
			[['digest', { qop: 'auth,auth-int', domain: '/a, b=c' }]],
		],
		['names in any case', 'DIGEST Realm=x, NONCE=y', [['digest', { realm: 'x', nonce: 'y' }]]],
		['equal names, the first', 'Basic realm=a, realm=b', [['basic', { realm: 'a' }]]],
		['an empty string', 'Basic realm=""', [['basic', { realm: '' }]]],
		['bytes beyond ASCII in quotes', 'Basic realm="\u00c3\u00a9"', [['basic', { realm: '\u00c3\u00a9' }]]],
		[
			'no comma between challenges',
			'Negotiate Basic realm="x"',
			[
				['negotiate', {}],
				['basic', { realm: 'x' }],
			],
		],
	])('reads %s', (_name, header, challenges) => {
		expect(parsed(header)).toEqual(challenges);
	});

	it.each([
		['nothing', '', []],
		['a string without an end', 'Basic realm="x', [['basic', {}]]],
		['a value that is none', 'Basic a=b, realm=\u00e9', [['basic', { a: 'b' }]]],
		['a string without a name', 'Basic "x"', [['basic', {}]]],
	])('keeps what came before %s', (_name, header, challenges) => {
		expect(parsed(header)).toEqual(challenges);
	});

	it('reads several headers, and none', () => {
		expect(parsed(['Basic realm="x', 'Digest nonce=1'])).toEqual([
			['basic', {}],
			['digest', { nonce: '1' }],
		]);
		expect(parseChallenges(undefined)).toEqual([]);
	});

	it('reads whatever list is written, however it is written', () => {
		const token = fc.string({ unit: fc.constantFrom(..."aZ9!#$%&'*+-.^_`|~"), minLength: 1, maxLength: 8 });
		const blank = fc.constantFrom('', ' ', '\t ');
		const value = fc.string({ unit: fc.constantFrom(...'aZ ,="\\\t\u00e9;'), maxLength: 12 });
		const written = fc.record({
			scheme: token,
			parameters: fc.uniqueArray(fc.tuple(token, value, blank, blank), {
				selector: ([name]) => name.toLowerCase(),
				minLength: 1,
				maxLength: 4,
			}),
			after: fc.constantFrom(',', ', ', ' ,, ', '\t,'),
		});
		fc.assert(
			fc.property(fc.array(written, { maxLength: 4 }), fc.boolean(), (list, joined) => {
				const lines = list.map(({ scheme, parameters, after }) => {
					const fields = parameters.map(([name, text, before, behind]) => {
						return `${name}${before}=${behind}"${text.replaceAll(/["\\]/g, '\\$&')}"`;
					});
					return `${scheme} ${fields.join(after)}`;
				});
				const expected = list.map(({ scheme, parameters }) => [
					scheme.toLowerCase(),
					Object.fromEntries(parameters.map(([name, text]) => [name.toLowerCase(), text])),
				]);
				expect(parsed(joined ? lines.join(', ') : lines)).toEqual(expected);
			}),
		);
	});

	it('never fails, whatever it is given', () => {
		const unit = fc.constantFrom(...'aA=", \\\t;\u00e9');
		fc.assert(fc.property(fc.string({ unit, maxLength: 40 }), (text) => Array.isArray(parseChallenges(text))));
	});
});
