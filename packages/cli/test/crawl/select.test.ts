import { load } from '@orbweaver/parser';
import { describe, expect, test } from 'vitest';
import { parseSelection, selectRow } from '../../src/crawl/select.ts';

describe('a selection', () => {
	test.each([
		['name=h1', { name: 'name', css: 'h1' }],
		['link = a.next@href', { name: 'link', css: 'a.next', attribute: 'href' }],
		['x=a[rel=next]', { name: 'x', css: 'a[rel=next]' }],
		['x=a[href*="@b"]', { name: 'x', css: 'a[href*="@b"]' }],
		['x=a[href*="@b"]@data-id', { name: 'x', css: 'a[href*="@b"]', attribute: 'data-id' }],
	])('%j', (text, selection) => {
		expect(parseSelection(text)).toEqual(selection);
	});

	test.each(['h1', '=h1', 'name=', 'name=::', 'name=a['])('is not %j', (text) => {
		expect(() => parseSelection(text)).toThrow('--select');
	});
});

describe('a row', () => {
	const $ = load('<h1>A\n  b <i>c</i></h1><a href="/p?q=1">x</a><a href="/q" data-id="7">y</a>');
	const row = (...texts: string[]) => selectRow($, texts.map(parseSelection), 'https://example.com/x/');

	test('is of texts and attributes of the first that matches', () => {
		expect(row('name=h1', 'link=a@href', 'id=a@data-id', 'last=a:last-child@data-id', 'none=h2')).toEqual({
			name: 'A b c',
			link: 'https://example.com/p?q=1',
			id: null,
			last: '7',
			none: null,
		});
	});

	test('is none when nothing is there', () => {
		expect(row('none=h2', 'nothing=a@title')).toBeUndefined();
	});
});
