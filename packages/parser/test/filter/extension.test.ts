import { describe, expect, it } from 'vitest';
import { BINARY_EXTENSIONS, extensionOf } from '../../src/filter/extension.ts';

describe('extensionOf', () => {
	it.each([
		['https://a.test/b.PDF', 'pdf'],
		['https://a.test/b.tar.gz', 'gz'],
		['https://a.test/b.html?c=d.pdf#e.zip', 'html'],
		['https://a.test/b#c.pdf', ''],
		['https://a.test/b.c/d', ''],
		['https://a.test/b.c/', ''],
		['https://a.test/', ''],
		['https://a.test', ''],
		['https://a.test/?b=/c.pdf', ''],
		['https://a.test/b.', ''],
	])('%s: "%s"', (url, extension) => {
		expect(extensionOf(url)).toBe(extension);
	});
});

describe('BINARY_EXTENSIONS', () => {
	it('lists each once, and no page', () => {
		expect(new Set(BINARY_EXTENSIONS).size).toBe(BINARY_EXTENSIONS.length);
		for (const page of ['html', 'htm', 'php', 'asp', 'aspx', 'jsp', 'xml', 'txt', 'com']) {
			expect(BINARY_EXTENSIONS).not.toContain(page);
		}
	});
});
