import { tryNormalizeUrl } from '@orbweaver/parser';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { domainOf } from '../../src/queue/domain-of.ts';

test.each([
	['http://example.com/', 'example.com'],
	['https://example.com:8443/a?b//c', 'example.com:8443'],
	['http://[::1]/', '[::1]'],
	['http://[2001:db8::1]:8080/', '[2001:db8::1]:8080'],
	['http://user:p%40ss@example.com/', 'example.com'],
	['http://example.com?q', 'example.com'],
	['http://example.com#f', 'example.com'],
	['HTTP://EXAMPLE.com:80/', 'example.com'],
	['http://bücher.example/', 'xn--bcher-kva.example'],
	['http://a_b.example/', 'a_b.example'],
])('%s', (url, domain) => {
	expect(domainOf(url)).toBe(domain);
});

test('is the host of any normalised address', () => {
	const authority = fc.webAuthority({
		withIPv4: true,
		withIPv4Extended: true,
		withIPv6: true,
		withPort: true,
		withUserInfo: true,
	});
	const rest = fc
		.webUrl({ withQueryParameters: true, withFragments: true })
		.map((url) => url.slice(url.indexOf('/', 8)));
	const urls = fc
		.tuple(fc.constantFrom('http', 'https'), authority, rest)
		.map(([scheme, host, path]) => `${scheme}://${host}${path}`);
	fc.assert(
		fc.property(urls, (url) => {
			const normalized = tryNormalizeUrl(url);
			fc.pre(normalized !== undefined);
			expect(domainOf(normalized as string)).toBe(new URL(url).host);
		}),
		{ numRuns: 400 },
	);
});
