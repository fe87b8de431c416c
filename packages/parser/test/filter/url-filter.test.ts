import { describe, expect, it } from 'vitest';
import { InvalidOptionError } from '../../src/errors.ts';
import { BINARY_EXTENSIONS } from '../../src/filter/extension.ts';
import type { UrlFilterOptions } from '../../src/filter/options.ts';
import { UrlFilter } from '../../src/filter/url-filter.ts';

const baseUrl = 'https://a.test/';

function reason(options: UrlFilterOptions, url: string | URL, depth?: number): string {
	const verdict = new UrlFilter(options).check(url, depth);
	return verdict.accepted ? 'accepted' : verdict.reason;
}

describe('UrlFilter', () => {
	it.each<[UrlFilterOptions, string, string]>([
		[{}, 'https://b.test/', 'accepted'],
		[{}, 'mailto:a@b.test', 'protocol'],
		[{}, 'ftp://a.test/', 'protocol'],
		[{}, '/a', 'invalid'],
		[{}, 'http://a b/', 'invalid'],
		[{ baseUrl }, 'http://a.test/b', 'accepted'],
		[{ baseUrl }, 'https://b.test/', 'strategy'],
		[{ baseUrl, strategy: 'same-origin' }, 'http://a.test/b', 'strategy'],
		[{ globs: ['https://a.test/**'] }, 'https://a.test/b', 'accepted'],
		[{ globs: ['https://a.test/**'] }, 'https://b.test/', 'patterns'],
		[{ globs: ['https://a.test/*'], regexps: [/\/b\/c$/] }, 'https://a.test/b/c', 'accepted'],
		[{ regexps: [/\/b\/c$/] }, 'https://a.test/b/d', 'patterns'],
		[{ globs: ['https://a.test/**'], exclude: ['**/b'] }, 'https://a.test/b', 'exclude'],
		[{ exclude: [/\?/, { glob: '**/c' }] }, 'https://a.test/c', 'exclude'],
		[{ baseUrl, globs: ['https://*.test/**'] }, 'https://b.test/', 'accepted'],
		[{ baseUrl, globs: ['https://*.test/**'], strategy: 'same-hostname' }, 'https://b.test/', 'strategy'],
		[{ deniedExtensions: BINARY_EXTENSIONS }, 'https://a.test/b.PDF?c', 'extension'],
		[{ deniedExtensions: BINARY_EXTENSIONS }, 'https://a.test/b.html', 'accepted'],
		[{ allowedExtensions: ['html'] }, 'https://a.test/b.php', 'extension'],
		[{ allowedExtensions: ['html'] }, 'https://a.test/b', 'accepted'],
		[{ allowedExtensions: ['zip'], deniedExtensions: ['zip'] }, 'https://a.test/b.zip', 'extension'],
		[{ maxUrlLength: 15 }, 'https://a.test/', 'accepted'],
		[{ maxUrlLength: 15 }, 'https://a.test/b', 'length'],
	])('%j, %s: %s', (options, url, expected) => {
		expect(reason(options, url)).toBe(expected);
	});

	it('counts depth from 0', () => {
		expect(reason({ maxDepth: 0 }, baseUrl)).toBe('accepted');
		expect(reason({ maxDepth: 2 }, baseUrl, 2)).toBe('accepted');
		expect(reason({ maxDepth: 2 }, baseUrl, 3)).toBe('depth');
	});

	it.each([
		'HTTPS://A.test',
		'https://a.test:443/b',
		'https://user:pw@a.test/',
		'https:\\\\a.test\\b',
		' https://a.test/',
	])('reads %j as the URL standard does', (url) => {
		expect(reason({ baseUrl }, url)).toBe('accepted');
	});

	it('is not fooled about the host', () => {
		for (const url of [
			'https://a.test@b.test/',
			'https://a.test.b.test/',
			'https://b.test\\@a.test/',
			'https://b.test/?https://a.test/',
		]) {
			expect(reason({ baseUrl }, url)).toBe('strategy');
		}
	});

	it('takes URL objects', () => {
		expect(reason({ baseUrl: new URL(baseUrl) }, new URL('/b', baseUrl))).toBe('accepted');
	});

	it('answers yes or no as well', () => {
		const filter = new UrlFilter({ baseUrl, maxDepth: 1 });
		expect(filter.accepts('https://a.test/b')).toBe(true);
		expect(filter.accepts('https://b.test/')).toBe(false);
		expect(filter.accepts('https://a.test/b', 2)).toBe(false);
	});

	it('refuses options it cannot keep', () => {
		const misspelt: object = { maxdepth: 1 };
		expect(() => new UrlFilter(misspelt)).toThrow(InvalidOptionError);
		expect(() => new UrlFilter({ globs: [''] })).toThrow('UrlFilter.globs must be');
		expect(() => new UrlFilter({ maxUrlLength: -5 })).toThrow(
			'UrlFilter.maxUrlLength must be a number not below 0, got -5.',
		);
	});
});
