import { describe, expect, it } from 'vitest';
import { registrableDomain } from '../../src/url/registrable-domain.ts';

describe('registrableDomain', () => {
	it.each([
		['https://www.example.com/a', 'example.com'],
		['https://news.bbc.co.uk:8443/', 'bbc.co.uk'],
		['WWW.Example.COM', 'example.com'],
		['a.b.example.com:80', 'example.com'],
		['http://www.bücher.de/', 'xn--bcher-kva.de'],
		['example.com.', 'example.com'],
		['user.github.io', 'github.io'],
	])('%s → %s', (input, domain) => {
		expect(registrableDomain(input)).toBe(domain);
	});

	it.each([
		['http://127.0.0.1:8080/', '127.0.0.1'],
		['127.0.0.1', '127.0.0.1'],
		['http://[::1]:80/', '[::1]'],
		['::1', '[::1]'],
		['localhost', 'localhost'],
		['http://localhost:3000/', 'localhost'],
		['co.uk', 'co.uk'],
	])('%s has nobody above it', (input, host) => {
		expect(registrableDomain(input)).toBe(host);
	});

	it('takes a URL object', () => {
		expect(registrableDomain(new URL('https://a.example.org/'))).toBe('example.org');
	});

	it.each(['', 'a b', 'http://'])('answers undefined where there is no host: %j', (input) => {
		expect(registrableDomain(input)).toBeUndefined();
	});
});
