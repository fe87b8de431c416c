import { describe, expect, it } from 'vitest';
import { type Environment, proxyForUrl } from '../../src/proxy/environment.ts';

const PLAIN = 'http://shop.example/';
const SECURE = 'https://shop.example/';

describe('which variable', () => {
	it.each<[string, string, Environment, string | undefined]>([
		['none', PLAIN, {}, undefined],
		['that of the scheme', PLAIN, { http_proxy: 'http://a', https_proxy: 'http://b' }, 'http://a/'],
		['that of the scheme', SECURE, { http_proxy: 'http://a', https_proxy: 'http://b' }, 'http://b/'],
		['the same for WebSockets', 'ws://shop.example/', { http_proxy: 'http://a' }, 'http://a/'],
		['the same for secure WebSockets', 'wss://shop.example/', { https_proxy: 'http://b' }, 'http://b/'],
		['in upper case', SECURE, { HTTPS_PROXY: 'http://b' }, 'http://b/'],
		['lower case first', SECURE, { HTTPS_PROXY: 'http://b', https_proxy: 'http://a' }, 'http://a/'],
		['in upper case, for http: too', PLAIN, { HTTP_PROXY: 'http://a' }, 'http://a/'],
		['but not in a CGI program', PLAIN, { HTTP_PROXY: 'http://evil', REQUEST_METHOD: 'GET' }, undefined],
		['where lower case is safe', PLAIN, { http_proxy: 'http://a', REQUEST_METHOD: 'GET' }, 'http://a/'],
		['and HTTPS_PROXY too', SECURE, { HTTPS_PROXY: 'http://a', REQUEST_METHOD: 'GET' }, 'http://a/'],
		['not that of the other scheme', SECURE, { http_proxy: 'http://a' }, undefined],
		['all_proxy otherwise', SECURE, { ALL_PROXY: 'socks5://s:1080', http_proxy: 'http://a' }, 'socks5://s:1080'],
		['an empty one is none', SECURE, { https_proxy: '', all_proxy: 'http://c' }, 'http://c/'],
		[
			'http: without a scheme',
			SECURE,
			{ https_proxy: 'user:pass@proxy.example:3128' },
			'http://user:pass@proxy.example:3128/',
		],
	])('%s (%s)', (_name, url, env, proxy) => {
		expect(proxyForUrl(url, env)).toBe(proxy);
	});

	it('refuses a value that is no proxy, without showing a password', () => {
		expect(() => proxyForUrl(SECURE, { HTTPS_PROXY: 'ftp://user:secret@a/' })).toThrow(/^HTTPS_PROXY is "ftp:\/\/a\/"/);
	});
});

describe('no_proxy', () => {
	it.each<[string, string, boolean]>([
		['*', PLAIN, true],
		['shop.example', PLAIN, true],
		['SHOP.example', PLAIN, true],
		['example', PLAIN, true],
		['.example', PLAIN, true],
		['*.example', PLAIN, true],
		['.shop.example', PLAIN, true],
		['hop.example', PLAIN, false],
		['other.example', PLAIN, false],
		['other.example,shop.example', PLAIN, true],
		['other.example shop.example', PLAIN, true],
		[' , ', PLAIN, false],
		['shop.example', 'http://shop.example.:80/', true],
		['shop.example:80', PLAIN, true],
		['shop.example:443', PLAIN, false],
		['shop.example:8443', 'https://shop.example:8443/', true],
		['10.1.2.3', 'http://10.1.2.3/', true],
		['10.1.2.0/24', 'http://10.1.2.3/', true],
		['10.1.2.0/24', 'http://10.1.3.3/', false],
		['10.1.2.3:8080', 'http://10.1.2.3:8080/', true],
		['2.3', 'http://10.1.2.3/', false],
		['10.1.2.0/33', 'http://10.1.2.3/', false],
		['10.1.2.0/x', 'http://10.1.2.3/', false],
		['::1', 'http://[::1]/', true],
		['[::1]', 'http://[::1]/', true],
		['[::1]:80', 'http://[::1]/', true],
		['[::1]:81', 'http://[::1]/', false],
		['fd00::/8', 'http://[fd00::5]/', true],
		['fd00::/8', 'http://[fe80::5]/', false],
		['fd00::/8', 'http://10.1.2.3/', false],
		['localhost', 'http://localhost:3000/', true],
	])('"%s" and %s', (exceptions, url, excepted) => {
		const env = { all_proxy: 'http://proxy.example:1', no_proxy: exceptions };
		expect(proxyForUrl(url, env)).toBe(excepted ? undefined : 'http://proxy.example:1/');
		expect(proxyForUrl(url, { ...env, no_proxy: undefined, NO_PROXY: exceptions })).toBe(
			excepted ? undefined : 'http://proxy.example:1/',
		);
	});
});
