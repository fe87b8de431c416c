import { describe, expect, test } from 'vitest';
import { ruleSpellings, urlToMatch } from '../../src/robots/path-encoding.ts';

describe('urlToMatch', () => {
	test.each([
		['https://a.test', '/'],
		['https://user:word@a.test:81/x#y', '/x'],
		['https://a.test/x?', '/x?'],
		['https://a.test/x?#y', '/x?'],
		['https://a.test/x?#', '/x?'],
		['https://a.test/x#y?', '/x'],
		['https://a.test/x?y=z', '/x?y=z'],
		['https://a.test/a/../b;p', '/b;p'],
		['https://a.test/ツ?ツ', '/%E3%83%84?%E3%83%84'],
		['https://a.test/%e3%83%84', '/%E3%83%84'],
		['https://a.test/%62%61%7a%2D%2e%5f%7E', '/baz-._~'],
		['https://a.test/a%2fb%3F', '/a%2Fb%3F'],
		['https://a.test/100%', '/100%25'],
		['https://a.test/%zz%a', '/%25zz%25a'],
		['https://a.test/*$', '/%2A%24'],
		['https://a.test/%2a%24', '/%2A%24'],
		["https://a.test/'[]|^?'[]|^", '/%27%5B%5D%7C%5E?%27%5B%5D%7C%5E'],
		['https://a.test/a b"<>`{}', '/a%20b%22%3C%3E%60%7B%7D'],
	])('%s → %s', (url, path) => {
		expect(urlToMatch(new URL(url))).toBe(path);
	});
});

describe('ruleSpellings', () => {
	test.each([
		['/x', ['/x']],
		['/*.gif$', ['/*.gif$']],
		['/a**b***', ['/a*b*']],
		['/a$b', ['/a%24b']],
		['/a$$', ['/a%24$']],
		['/a%24', ['/a%24']],
		['/a%2A', ['/a%2A']],
		['/%62%61%7A', ['/baz']],
		['/\xe3\x83\x84', ['/%E3%83%84']],
		['/\xff', ['/%FF']],
		['/a:b/c', ['/a:b/c']],
		['/a?b=c', ['/a?b=c']],
		['/a?b=http://c', ['/a?b=http://c', '/a?b=http%3A%2F%2Fc']],
		['/a?b=c/d$', ['/a?b=c/d$', '/a?b=c%2Fd$']],
		['$', ['$']],
		['*', ['*']],
	])('%j → %j', (path, spellings) => {
		expect(ruleSpellings(path)).toEqual(spellings);
	});
});
