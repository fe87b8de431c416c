import { UrlResolver } from '@orbweaver/parser';
import { expect, test } from 'vitest';
import { findLinks } from '../../src/links/find-links.ts';
import { UrlKeys } from '../../src/queue/url-keys.ts';

const PAGE = '<a href="/a">a</a><a href="/b?z=1&y=2">b</a><a href="http://other.test/">o</a><a href="/a#x">a</a>';

function find(html: string, known: readonly string[] = [], filter = {}) {
	const url = 'http://site.test/dir/';
	const task = { bytes: Buffer.from(html), contentType: 'text/html', url, filter, from: { url } };
	const rules = { resolver: new UrlResolver(), keys: new UrlKeys(), isKnown: (key: string) => known.includes(key) };
	return findLinks(task, rules);
}

test('the links that may be followed, once each, and those of them that are new', () => {
	expect(find(PAGE, ['http://site.test/b?y=2&z=1'])).toEqual({
		lines: 'http://site.test/a\nhttp://site.test/b?z=1&y=2',
		fresh: ['http://site.test/a'],
	});
});

test('a page without links, and one whose links lead elsewhere', () => {
	expect(find('')).toEqual({ lines: '', fresh: [] });
	expect(find('<a href="http://other.test/">o</a>')).toEqual({ lines: '', fresh: [] });
	expect(find('<a href="http://other.test/">o</a>', [], { strategy: 'all' }).fresh).toEqual(['http://other.test/']);
});

test('patterns decide', () => {
	expect(find(PAGE, [], { globs: ['**/b*'] }).fresh).toEqual(['http://site.test/b?z=1&y=2']);
	expect(find(PAGE, [], { exclude: [/b/] }).fresh).toEqual(['http://site.test/a']);
});
