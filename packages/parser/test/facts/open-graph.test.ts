import { describe, expect, it } from 'vitest';
import { collectOpenGraph } from '../../src/facts/open-graph.ts';

const resolve = (href: string) => URL.parse(href, 'https://a.test/')?.href;
const collect = (...pairs: [string, string][]) => collectOpenGraph(pairs, resolve);

describe('collectOpenGraph', () => {
	it('keeps properties without their og: prefix, and other vocabularies with theirs', () => {
		const { properties } = collect(
			['og:title', 'T'],
			['OG:Site_Name', 'S'],
			['og:locale:alternate', 'de_DE'],
			['article:published_time', '2026-01-02'],
			['description', 'none of ours'],
		);
		expect(properties).toEqual({
			title: 'T',
			site_name: 'S',
			'locale:alternate': 'de_DE',
			'article:published_time': '2026-01-02',
		});
	});

	it('makes a list of what is repeated', () => {
		const { properties } = collect(['article:tag', 'a'], ['article:tag', 'b'], ['article:tag', 'c']);
		expect(properties).toEqual({ 'article:tag': ['a', 'b', 'c'] });
	});

	it('gives structured properties to the medium before them', () => {
		const { images } = collect(
			['og:image', '/1.png'],
			['og:image:width', '300'],
			['og:image:height', '200'],
			['og:image', '/2.png'],
			['og:image', '/3.png'],
			['og:image:alt', 'third'],
		);
		expect(images).toEqual([
			{ url: 'https://a.test/1.png', width: '300', height: '200' },
			{ url: 'https://a.test/2.png' },
			{ url: 'https://a.test/3.png', alt: 'third' },
		]);
	});

	it('takes og:image:url for og:image, alone or beside it', () => {
		expect(collect(['og:image:url', '/1.png']).images).toEqual([{ url: 'https://a.test/1.png' }]);
		expect(collect(['og:image', '/1.png'], ['og:image:url', '/1.png']).images).toHaveLength(1);
	});

	it('keeps kinds apart, and leaves out a medium without a URL', () => {
		const { images, videos, audios } = collect(
			['og:video:secure_url', 'https://v.test/'],
			['og:video:width', '1'],
			['og:audio', '/a.mp3'],
			['og:image:width', '5'],
		);
		expect(images).toEqual([]);
		expect(videos).toEqual([{ url: 'https://v.test/', secure_url: 'https://v.test/', width: '1' }]);
		expect(audios).toEqual([{ url: 'https://a.test/a.mp3' }]);
	});

	it('is not led astray by names of Object.prototype', () => {
		const { properties, images } = collect(['og:__proto__', 'x'], ['og:image', '/1'], ['og:image:__proto__', 'y']);
		expect(Object.keys(properties)).toEqual(['__proto__']);
		expect(images).toHaveLength(1);
		expect(Object.getPrototypeOf(properties)).toBe(Object.prototype);
	});
});
