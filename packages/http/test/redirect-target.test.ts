import { describe, expect, it } from 'vitest';
import { redirectTarget } from '../src/index.ts';

const AT = 'http://shop.example/a/b?q=1';

describe('redirectTarget', () => {
	it.each([
		[301, 'POST', 'GET', true],
		[301, 'GET', 'GET', false],
		[301, 'PUT', 'PUT', false],
		[302, 'POST', 'GET', true],
		[302, 'HEAD', 'HEAD', false],
		[303, 'POST', 'GET', true],
		[303, 'DELETE', 'GET', true],
		[303, 'HEAD', 'HEAD', false],
		[307, 'POST', 'POST', false],
		[308, 'PATCH', 'PATCH', false],
	])('%i turns %s into %s', (status, method, expected, dropBody) => {
		expect(redirectTarget(status, { location: '/c' }, AT, method)).toEqual({
			url: 'http://shop.example/c',
			method: expected,
			dropBody,
		});
	});

	it.each([200, 300, 304, 305, 306, 404])('%i is no redirect', (status) => {
		expect(redirectTarget(status, { location: '/c' }, AT, 'GET')).toBeUndefined();
	});

	it('is undefined without a Location', () => {
		expect(redirectTarget(302, {}, AT, 'GET')).toBeUndefined();
	});

	it.each([
		['c', 'http://shop.example/a/c'],
		['?page=2', 'http://shop.example/a/b?page=2'],
		['//other.example/x', 'http://other.example/x'],
		['https://other.example', 'https://other.example/'],
		['  /padded  ', 'http://shop.example/padded'],
		['', 'http://shop.example/a/b?q=1'],
	])('resolves %j', (location, url) => {
		expect(redirectTarget(302, { location }, AT, 'GET')?.url).toBe(url);
	});

	it('inherits the fragment unless Location has its own, be it empty', () => {
		const at = `${AT}#here`;
		expect(redirectTarget(302, { location: '/c' }, at, 'GET')?.url).toBe('http://shop.example/c#here');
		expect(redirectTarget(302, { location: '/c#there' }, at, 'GET')?.url).toBe('http://shop.example/c#there');
		expect(redirectTarget(302, { location: '/c#' }, at, 'GET')?.url).toBe('http://shop.example/c#');
	});

	it('reads raw bytes as UTF-8 when they are, as Latin-1 otherwise', () => {
		const utf8 = Buffer.from('/caf\u00e9', 'utf8').toString('latin1');
		const latin1 = Buffer.from('/caf\u00e9', 'latin1').toString('latin1');
		for (const location of [utf8, latin1]) {
			expect(redirectTarget(302, { location }, AT, 'GET')?.url).toBe('http://shop.example/caf%C3%A9');
		}
	});

	it('takes the first of several Locations', () => {
		expect(redirectTarget(302, { location: ['/first', '/second'] }, AT, 'GET')?.url).toBe('http://shop.example/first');
	});

	it.each([
		['file:///etc/passwd', 'unsupported-scheme'],
		['javascript:alert(1)', 'unsupported-scheme'],
		['ftp://user:secret@files.example/', 'unsupported-scheme'],
		['http://', 'invalid-location'],
		['http://a b/', 'invalid-location'],
	])('refuses %j', (location, reason) => {
		const call = () => redirectTarget(302, { location }, 'http://me:hidden@shop.example/', 'GET');
		expect(call).toThrow(expect.objectContaining({ code: 'ORB_HTTP_REDIRECT', reason, url: 'http://shop.example/' }));
		expect(call).not.toThrow(/secret|hidden/);
	});
});
