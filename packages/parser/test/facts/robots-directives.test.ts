import { describe, expect, it } from 'vitest';
import { headerDirectives, mergeDirectives, metaDirectives, productToken } from '../../src/facts/robots-directives.ts';

describe('productToken', () => {
	it.each([
		['Orbweaver/1.0 (+https://a.test/)', 'orbweaver'],
		['GoogleBot', 'googlebot'],
		['my_bot-x 2', 'my_bot-x'],
		['', ''],
	])('%j: %s', (userAgent, token) => {
		expect(productToken(userAgent)).toBe(token);
	});
});

describe('metaDirectives', () => {
	it('splits at commas, but not inside a date', () => {
		expect(metaDirectives(' noindex ,, NoFollow,max-snippet: 20')).toEqual(['noindex', 'NoFollow', 'max-snippet: 20']);
		expect(metaDirectives('unavailable_after: Wed, 21 Oct 2026 07:28:00 GMT, noarchive')).toEqual([
			'unavailable_after: Wed, 21 Oct 2026 07:28:00 GMT',
			'noarchive',
		]);
	});
});

describe('headerDirectives', () => {
	it.each([
		['noindex, nofollow', ['noindex', 'nofollow']],
		['googlebot: nofollow', []],
		['OrbWeaver: nofollow, noarchive', ['nofollow', 'noarchive']],
		['noindex, googlebot: nofollow, noarchive, orbweaver: nosnippet', ['noindex', 'nosnippet']],
		['unavailable_after: 25 Jun 2010 15:00:00 PST', ['unavailable_after: 25 Jun 2010 15:00:00 PST']],
		['orbweaver: unavailable_after: 25 Jun 2010 15:00:00 PST', ['unavailable_after: 25 Jun 2010 15:00:00 PST']],
		['max-image-preview: large', ['max-image-preview: large']],
	])('%s', (value, directives) => {
		expect(headerDirectives(value, 'orbweaver')).toEqual(directives);
	});

	it('leaves out every named crawler when we have no name', () => {
		expect(headerDirectives('googlebot: noindex', undefined)).toEqual([]);
	});
});

describe('mergeDirectives', () => {
	it.each([
		[[], false, false],
		[['index', 'follow'], false, false],
		[['all', 'noindex'], true, false],
		[['NoFollow'], false, true],
		[['none'], true, true],
		[['index', 'noindex'], true, false],
	])('%j: noindex %s, nofollow %s', (parts, noindex, nofollow) => {
		expect(mergeDirectives(parts)).toMatchObject({ noindex, nofollow });
	});

	it('lists each directive once, and keeps the date as written', () => {
		expect(mergeDirectives(['NOARCHIVE', 'noarchive', 'max-snippet : 20', 'unavailable_after: 2026-10-21'])).toEqual({
			noindex: false,
			nofollow: false,
			unavailableAfter: '2026-10-21',
			directives: ['noarchive', 'max-snippet:20', 'unavailable_after:2026-10-21'],
		});
	});
});
