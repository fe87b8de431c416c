import { describe, expect, it } from 'vitest';
import { parseLinkHeader } from '../../src/facts/link-header.ts';

describe('parseLinkHeader', () => {
	it('reads one link', () => {
		expect(parseLinkHeader('<https://a.test/b>; rel="canonical"')).toEqual([
			{ href: 'https://a.test/b', rels: ['canonical'], hreflang: undefined },
		]);
	});

	it('reads several, with commas and semicolons inside', () => {
		const header = '</a,b;c>; title="x, <y>; \\"z\\""; rel=alternate ;hreflang=de, <d>;rel="next  Prefetch"';
		expect(parseLinkHeader(header)).toEqual([
			{ href: '/a,b;c', rels: ['alternate'], hreflang: 'de' },
			{ href: 'd', rels: ['next', 'prefetch'], hreflang: undefined },
		]);
	});

	it('takes the first of repeated parameters', () => {
		expect(parseLinkHeader('<a>; REL=next; rel=canonical')[0]?.rels).toEqual(['next']);
	});

	it.each(['', 'a', '<a', '; rel=next'])('finds none in %j', (header) => {
		expect(parseLinkHeader(header)).toEqual([]);
	});
});
