import { describe, expect, test } from 'vitest';
import { extractLinks } from '../../src/links/extract-links.ts';
import { ALL_LINK_ATTRIBUTES } from '../../src/links/link-attributes.ts';
import { load } from '../../src/load.ts';

const baseUrl = 'https://site.test/dir/page';

function found(html: string, options: { selector?: string } = {}): string[] {
	return extractLinks(html, { baseUrl, attributes: ALL_LINK_ATTRIBUTES, ...options }).map(
		({ element, attribute, url }) => `${element} ${attribute} ${url.replace('https://site.test', '')}`,
	);
}

test('tells all about a link', () => {
	const html = '<a href="../x?a&amp;b#c" rel="NoFollow  UGC noopener"> Read\n <b>this</b> </a>';
	expect(extractLinks(html, { baseUrl })).toEqual([
		{
			url: 'https://site.test/x?a&b',
			text: 'Read this',
			rel: ['nofollow', 'ugc', 'noopener'],
			nofollow: true,
			element: 'a',
			attribute: 'href',
		},
	]);
});

test('gives one link for each element, repeats too', () => {
	const links = extractLinks('<a href=x>1</a><area href=y><a href=x>2</a>', { baseUrl });
	expect(links.map(({ url, text }) => [url, text])).toEqual([
		['https://site.test/dir/x', '1'],
		['https://site.test/dir/y', ''],
		['https://site.test/dir/x', '2'],
	]);
});

test('takes a loaded page', () => {
	expect(extractLinks(load('<a href=x>'), { baseUrl })).toHaveLength(1);
});

test('takes a page that cheerio parsed as XML', () => {
	const $ = load('<r><base href="/b/"/><template><a href="0"/></template><a href="1">x</a></r>', { xml: true });
	expect(extractLinks($, { baseUrl }).map((link) => link.url)).toEqual(['https://site.test/b/1']);
});

test('leaves out what is no page on the web', () => {
	const html = '<a href="mailto:a@b.test"><a href="javascript:go()"><a href="http://[x"><a href="tel:1"><a name=x>';
	expect(extractLinks(html, { baseUrl })).toEqual([]);
});

describe('rel', () => {
	test.each([
		['nofollow', true],
		['external NOFOLLOW', true],
		['sponsored ugc', false],
		['nofollows', false],
		['', false],
	])('%j', (rel, nofollow) => {
		expect(extractLinks(`<a href=x rel="${rel}">`, { baseUrl })[0]?.nofollow).toBe(nofollow);
	});
});

describe('text', () => {
	test.each([
		['collapses white space', '<a href=x>\n a \t<i> b</i>c </a>', 'a bc'],
		['leaves out scripts and styles', '<a href=x>a<script>b</script><style>c</style><template>d</template></a>', 'a'],
		['of an image alone is empty', '<a href=x><img alt=y></a>', ''],
		['of a drawing counts', '<a href=x><svg><title>t</title></svg></a>', 't'],
		['does not begin before the link', 'a <a href=x> b</a> c', 'b'],
	])('%s', (_name, html, text) => {
		expect(extractLinks(html, { baseUrl })[0]?.text).toBe(text);
	});

	test('of links in links, where SVG allows them', () => {
		const links = extractLinks('<svg><a href=1>a <a href=2> b</a> c</a></svg>', { baseUrl });
		expect(links.map((link) => link.text)).toEqual(['a b c', 'b']);
	});
});

describe('selector', () => {
	const html = '<nav><a href=1></nav><a class=next href=2></a><div class=next><a href=3></div>';

	test('chooses elements', () => expect(found(html, { selector: 'a.next' })).toEqual(['a href /dir/2']));
	test('means the elements themselves', () => expect(found(html, { selector: 'nav' })).toEqual([]));
	test('keeps document order', () =>
		expect(found(html, { selector: 'div a, nav a' })).toEqual(['a href /dir/1', 'a href /dir/3']));
});

describe('other attributes', () => {
	test.each([
		['images', '<img src=a srcset="b 1x, c 2x" longdesc=d>', 'img src a, img srcset b, img srcset c, img longdesc d'],
		['pictures', '<picture><source srcset="a, b"><img src=c></picture>', 'source srcset a, source srcset b, img src c'],
		['head', '<link rel=canonical href=a><link rel=preload imagesrcset="b 1x">', 'link href a, link imagesrcset b'],
		['scripts', '<script src=a></script>', 'script src a'],
		[
			'frames',
			'<iframe src=a></iframe><embed src=b><object data=c></object>',
			'iframe src a, embed src b, object data c',
		],
		['frameset', '<frameset><frame src=a longdesc=b></frameset>', 'frame src a, frame longdesc b'],
		[
			'media',
			'<video src=a poster=b><source src=c><track src=d></video>',
			'video src a, video poster b, source src c, track src d',
		],
		['sound', '<audio src=a></audio>', 'audio src a'],
		[
			'forms',
			'<form action=a><button formaction=b><input src=c formaction=d></form>',
			'form action a, button formaction b, input src c, input formaction d',
		],
		[
			'quotes',
			'<blockquote cite=a><q cite=b></q></blockquote><ins cite=c></ins><del cite=d></del>',
			'blockquote cite a, q cite b, ins cite c, del cite d',
		],
		['body', '<body background=a>', 'body background a'],
		['refresh', '<meta http-equiv=Refresh content="0; url=a">', 'meta content a'],
		['other meta', '<meta name=x content="0; url=a"><meta http-equiv=refresh content=5>', ''],
		['drawn image', '<svg><image xlink:href=a /></svg>', 'image href a'],
		['empty ones', '<img src=""><link href=""><form action=""><a href="">', 'a href page'],
		['template', '<template><img src=a></template>', ''],
	])('%s', (_name, html, expected) => {
		const paths = found(html).map((line) => line.replace('/dir/', ''));
		expect(paths.join(', ')).toBe(expected);
	});

	test('only those asked for', () => {
		const links = extractLinks('<a href=1><img src=2>', { baseUrl, attributes: { img: ['src'] } });
		expect(links.map((link) => link.element)).toEqual(['img']);
	});
});

test('survives any depth of nesting', () => {
	const html = `<svg><a href=x>t${'<a href=x>t'.repeat(50_000)}`;
	const links = extractLinks(html, { baseUrl });
	expect(links).toHaveLength(50_001);
	expect(links[0]?.text).toHaveLength(50_001);
}, 60_000);

test('refuses a page URL that is not absolute', () => {
	expect(() => extractLinks('', { baseUrl: 'page' })).toThrow(/baseUrl must be an absolute URL/);
});
