import { describe, expect, it } from 'vitest';
import { proxyName, proxyUrl } from '../../src/proxy/proxy-url.ts';

describe('proxyUrl', () => {
	it.each([
		['http://proxy.example:3128', 'http://proxy.example:3128/'],
		['https://user:pass@proxy.example', 'https://user:pass@proxy.example/'],
		['socks5://127.0.0.1:1080', 'socks5://127.0.0.1:1080'],
		['socks5h://user:p%40ss@[::1]:1080', 'socks5h://user:p%40ss@[::1]:1080'],
		['socks4a://proxy.example', 'socks4a://proxy.example'],
	])('takes %s', (value, url) => {
		expect(proxyUrl('proxy', value)).toBe(url);
	});

	it.each([
		['proxy.example:3128', 'proxy is "'],
		['//proxy.example', 'proxy is "//proxy.example": give a URL'],
		['user:secret@', 'proxy is "'],
		['ftp://user:secret@proxy.example', 'proxy is "ftp://proxy.example/", which is no proxy'],
		['socks6://proxy.example', 'proxy is "socks6://proxy.example", which is no proxy'],
		['socks5://user:secret%@proxy.example', 'proxy is "socks5://proxy.example" with a user name or password'],
		['socks4://us%00er@proxy.example', 'write them with encodeURIComponent'],
		[`socks5://${'u'.repeat(256)}@proxy.example`, 'up to 255 bytes'],
	])('refuses %s', (value, message) => {
		let thrown = '';
		try {
			proxyUrl('proxy', value);
		} catch (error) {
			thrown = String(error);
		}
		expect(thrown).toContain(`InvalidRequestError: `);
		expect(thrown).toContain(message);
		expect(thrown).not.toContain('secret');
	});

	it('takes a long password for HTTP, as tokens are', () => {
		const url = `http://user:${'t'.repeat(300)}@proxy.example/`;
		expect(proxyUrl('proxy', url)).toBe(url);
	});
});

it('proxyName has no user name and no password', () => {
	expect(proxyName('http://user:secret@proxy.example:3128/')).toBe('http://proxy.example:3128');
	expect(proxyName('socks5://user:secret@127.0.0.1:1080')).toBe('socks5://127.0.0.1:1080');
});
