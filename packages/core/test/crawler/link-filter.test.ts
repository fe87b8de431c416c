import { expect, test } from 'vitest';
import { linkFilter } from '../../src/crawler/link-filter.ts';

const accepted = (options: Parameters<typeof linkFilter>[0], from: Parameters<typeof linkFilter>[1], urls: string[]) =>
	urls.filter(linkFilter(options, from));

const URLS = ['http://a.test/1', 'https://a.test/1', 'http://www.a.test/1', 'http://b.test/1', 'http://a.test:8080/1'];

test.each([
	[undefined, [0, 1]],
	['same-hostname', [0, 1]],
	['same-origin', [0]],
	['same-domain', [0, 1, 2]],
	['all', [0, 1, 2, 3, 4]],
] as const)('strategy %s', (strategy, indexes) => {
	const options = strategy === undefined ? {} : { strategy };
	expect(accepted(options, { url: 'http://a.test/' }, URLS)).toEqual(indexes.map((index) => URLS[index]));
});

test('after a redirect, links are measured by the site that was asked for', () => {
	const from = { url: 'http://a.test/', loadedUrl: 'http://b.test/' };

	expect(accepted({}, from, URLS)).toEqual([URLS[0], URLS[1]]);
});

test('filters of the same look are not mixed up', () => {
	const from = { url: 'http://a.test/' };
	const urls = ['http://a.test/A', 'http://a.test/a'];

	expect(accepted({ regexps: [/A$/] }, from, urls)).toEqual(['http://a.test/A']);
	expect(accepted({ regexps: [/A$/i] }, from, urls)).toEqual(urls);
	expect(accepted({ exclude: [/A$/] }, from, urls)).toEqual(['http://a.test/a']);
	expect(accepted({ exclude: ['/A$/'] }, from, urls)).toEqual(urls);
	expect(accepted({ globs: [{ glob: '**/x' }] }, from, urls)).toEqual([]);
	expect(accepted({}, { url: 'http://b.test/' }, urls)).toEqual([]);
	expect(accepted({}, from, urls)).toEqual(urls);
});

test('keeps to its memory, and to the truth, over many sites', () => {
	for (let n = 0; n < 2_500; n++) {
		const filter = linkFilter({}, { url: `http://${n}.test/` });
		expect(filter(`http://${n}.test/x`)).toBe(true);
		expect(filter(`http://${n + 1}.test/x`)).toBe(false);
	}
});
