import { describe, expect, it } from 'vitest';
import { headerValues } from '../../src/facts/headers.ts';

describe('headerValues', () => {
	it('finds a header in a record, whatever its case, each value by itself', () => {
		expect(headerValues({ 'X-Robots-Tag': ['noindex', 'a: nofollow'], other: 'x' }, 'x-robots-tag')).toEqual([
			'noindex',
			'a: nofollow',
		]);
		expect(headerValues({ link: '<a>' }, 'Link')).toEqual(['<a>']);
	});

	it('finds a header in Headers', () => {
		expect(headerValues(new Headers({ Link: '<a>' }), 'link')).toEqual(['<a>']);
	});

	it('finds none', () => {
		expect(headerValues(undefined, 'link')).toEqual([]);
		expect(headerValues({ link: undefined }, 'link')).toEqual([]);
		expect(headerValues(new Headers(), 'link')).toEqual([]);
	});
});
