import { expect, it } from 'vitest';
import * as parser from '../src/index.ts';

it('exports these names and no others', () => {
	expect(Object.keys(parser).sort()).toEqual([
		'ALL_LINK_ATTRIBUTES',
		'ANCHOR_ATTRIBUTES',
		'BINARY_EXTENSIONS',
		'InvalidOptionError',
		'InvalidUrlError',
		'UrlFilter',
		'UrlResolver',
		'decodeBody',
		'extractLinks',
		'extractUrls',
		'load',
		'normalizeUrl',
		'pageFacts',
		'parseSitemap',
		'registrableDomain',
		'tryNormalizeUrl',
	]);
});
