import { describe, expect, test } from 'vitest';
import { groupToken, productToken } from '../../src/robots/product-token.ts';

describe('productToken', () => {
	test.each([
		['OrbweaverBot', 'orbweaverbot'],
		['OrbweaverBot/1.0', 'orbweaverbot'],
		['OrbweaverBot/1.0 (+https://example.com/bot)', 'orbweaverbot'],
		['Foo Bar', 'foo'],
		['Foo-News_2', 'foo-news_'],
		['Mozilla/5.0 (compatible; OrbweaverBot/1.0; +https://example.com/bot)', 'orbweaverbot'],
		['Mozilla/5.0 (compatible; OrbweaverBot; +https://example.com/bot) Gecko/20100101', 'orbweaverbot'],
		['mozilla/5.0 (compatible;OrbweaverBot/1.0)', 'orbweaverbot'],
		['Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; OrbweaverBot/1.0) Chrome/130.0', 'orbweaverbot'],
		['Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/130.0', 'mozilla'],
		['360Spider/2.0', '360spider'],
		['*', '*'],
		['', '*'],
		['  ', '*'],
	])('%j is %j', (userAgent, token) => {
		expect(productToken(userAgent)).toBe(token);
	});
});

describe('groupToken', () => {
	test.each([
		['*', '*'],
		['* and everyone else', '*'],
		['*bot', '*bot'],
		['FooBot/1.2', 'foobot'],
		['Foo Bar', 'foo'],
		['Mozilla/5.0 (compatible; FooBot/1.0)', 'mozilla'],
		['360Spider', '360spider'],
		['', ''],
	])('%j names %j', (value, token) => {
		expect(groupToken(value)).toBe(token);
	});
});
