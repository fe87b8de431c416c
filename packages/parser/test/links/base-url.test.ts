import { expect, test } from 'vitest';
import { documentBaseUrl } from '../../src/links/base-url.ts';

const PAGE = 'https://site.test/dir/page?q#f';

test.each([
	['none', undefined, 'https://site.test/dir/page?q#f'],
	['absolute', 'http://other.test/x/', 'http://other.test/x/'],
	['relative', '../b/', 'https://site.test/b/'],
	['only a host', '//other.test', 'https://other.test/'],
	['empty', '', 'https://site.test/dir/page?q'],
	['invalid', 'http://[bad', PAGE],
	['data', 'data:text/html,x', PAGE],
	['javascript', 'javascript:1', PAGE],
	['another scheme', 'ftp://site.test/', PAGE],
])('%s', (_name, baseHref, url) => {
	expect(documentBaseUrl(PAGE, baseHref)).toBe(url);
});

test('refuses a page URL that is not absolute', () => {
	expect(() => documentBaseUrl('/dir/page', undefined)).toThrow(
		'baseUrl must be an absolute URL such as "https://example.com/", the one that the page was fetched from, got "/dir/page".',
	);
});
