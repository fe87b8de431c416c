import { UrlResolver } from '@orbweaver/parser';
import { describe, expect, test } from 'vitest';
import { mediaTypeOf, Page } from '../../src/crawler/page.ts';

const page = (body: string | Buffer, contentType: string | string[] | undefined = 'text/html; charset=utf-8') =>
	new Page(
		{
			status: 200,
			statusText: 'OK',
			headers: contentType === undefined ? {} : { 'content-type': contentType as string },
			url: 'http://a.test/dir/page',
			redirectUrls: [],
			body: Buffer.from(body as string),
			discarded: false,
			truncated: false,
			wireBytes: 0,
			timings: { sentMs: 0, headersMs: 0, totalMs: 0 },
		},
		new UrlResolver(),
	);

test.each([
	[undefined, 'text/html'],
	['', 'text/html'],
	['Text/HTML;charset=x', 'text/html'],
	[' application/json ', 'application/json'],
	[['image/png', 'text/html'], 'image/png'],
])('the media type of %j is %s', (header, type) => {
	expect(mediaTypeOf(header)).toBe(type);
});

describe('body', () => {
	test('is text for text, XML and JSON, bytes for the rest', () => {
		expect(page('ä').body).toBe('ä');
		expect(page('<a/>', 'application/rss+xml').body).toBe('<a/>');
		expect(page('{}', 'application/json').body).toBe('{}');
		expect(page('ä', 'image/png').body).toEqual(Buffer.from('ä'));
		expect(page('x', 'image/png').contentType).toEqual({ type: 'image/png', encoding: 'binary' });
	});
});

describe('what is made when it is asked for is made once', () => {
	test('the tree and the addresses', () => {
		const once = page('<a href="x">x</a><a href="#y">y</a><a href="x?">z</a>');

		expect(once.$).toBe(once.$);
		expect(once.urls()).toBe(once.urls());
		expect(once.urls()).toEqual(['http://a.test/dir/x', 'http://a.test/dir/page', 'http://a.test/dir/x?']);
		expect(once.urlsOf('a:first-child', 'http://b.test/')).toEqual(['http://b.test/x']);
	});

	test('a page that is no text has no addresses', () => {
		expect(page('<a href="x">', 'image/png').urls()).toEqual([]);
	});
});

test('json is for JSON only', () => {
	expect(page('{"a":1}', 'application/ld+json').json).toEqual({ a: 1 });
	expect(page('{"a":1}').json).toBeUndefined();
	expect(() => page('{"a":', 'application/json').json).toThrow('http://a.test/dir/page is not valid JSON');
});
