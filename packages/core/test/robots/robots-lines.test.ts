import { describe, expect, test } from 'vitest';
import { robotsLines } from '../../src/robots/robots-lines.ts';

describe('robotsLines', () => {
	test.each(['\n', '\r', '\r\n'])('ends lines at %j', (lineEnd) => {
		expect(robotsLines(['User-agent: a', 'Allow: /b', ''].join(lineEnd))).toEqual([
			{ field: 'user-agent', value: 'a' },
			{ field: 'allow', value: '/b' },
		]);
	});

	test.each([
		['Disallow: /a', '/a'],
		['\t DISALLOW \t:\t /a \t', '/a'],
		['disallow:/a', '/a'],
		['Disallow: /a # why', '/a'],
		['Disallow: /a#why', '/a'],
		['Disallow: /a:b', '/a:b'],
		['Disallow:', ''],
		['Disallow: # nothing', ''],
		['disallow /a', '/a'],
		['Dissallow: /a', '/a'],
		['Dissalow: /a', '/a'],
		['Disalow: /a', '/a'],
		['Diasllow: /a', '/a'],
		['Disallaw: /a', '/a'],
	])('reads %j', (line, value) => {
		expect(robotsLines(line)).toEqual([{ field: 'disallow', value }]);
	});

	test.each([
		['useragent: a', 'user-agent'],
		['user agent: a', 'user-agent'],
		['Crawl-Delay: a', 'crawl-delay'],
		['site-map: a', 'sitemap'],
		['SITEMAP: a', 'sitemap'],
	])('reads %j', (line, field) => {
		expect(robotsLines(line)).toEqual([{ field, value: 'a' }]);
	});

	test.each([
		'',
		'   ',
		'# Disallow: /a',
		'Noindex: /a',
		': /a',
		':::',
		'disallow',
		'disallow /a /b',
		'user agent foo bar',
		'<html>Disallow: /a</html>',
		'constructor: /a',
		'__proto__: /a',
	])('takes nothing from %j', (line) => {
		expect(robotsLines(line)).toEqual([]);
	});
});
