import { InvalidOptionError, normalizeUrl } from '@orbweaver/parser';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_URL_RULES, UrlKeys } from '../../src/queue/url-keys.ts';

const keys = new UrlKeys();

describe('by default', () => {
	test.each([
		['http://a.example/p', 'http://a.example/p'],
		['http://a.example/p?b=2&a=1', 'http://a.example/p?a=1&b=2'],
		['http://a.example/p?utm_source=x&a=1', 'http://a.example/p?a=1'],
		['http://a.example/p?utm_source=x', 'http://a.example/p'],
		['http://a.example/p/', 'http://a.example/p/'],
		['http://a.example/%7ep', 'http://a.example/%7ep'],
	])('%s', (url, key) => {
		expect(keys.of(url)).toBe(key);
	});
});

test('the short way gives what the rules give', () => {
	const rules = fc.constantFrom(
		{},
		DEFAULT_URL_RULES,
		{ trailingSlash: 'remove' as const },
		{ percentEncoding: 'normalize' as const },
	);
	const url = fc.webUrl({ withQueryParameters: true }).map((text) => normalizeUrl(text));
	fc.assert(
		fc.property(rules, url, (chosen, address) => {
			expect(new UrlKeys(chosen).of(address)).toBe(normalizeUrl(address, chosen));
		}),
		{ numRuns: 40 },
	);
});

test('a rule that cannot be is refused at once', () => {
	expect(() => new UrlKeys({ trailingSlash: 'maybe' } as never)).toThrow(InvalidOptionError);
});
