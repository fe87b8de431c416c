import { describe, expect, test } from 'vitest';
import { parseRobots } from '../../src/robots/parse-robots.ts';

const ORIGIN = 'https://a.test';

interface Case {
	readonly about: string;
	readonly file: readonly string[];
	/** The token that asks. Default: `FooBot`. */
	readonly agent?: string;
	readonly allowed?: readonly string[];
	readonly disallowed?: readonly string[];
}

function check({ file, agent = 'FooBot', allowed = [], disallowed = [] }: Case): void {
	const robots = parseRobots(file.join('\n'), `${ORIGIN}/robots.txt`);
	const answers = (paths: readonly string[]) => paths.map((path) => [path, robots.isAllowed(ORIGIN + path, agent)]);
	expect(answers(allowed)).toEqual(allowed.map((path) => [path, true]));
	expect(answers(disallowed)).toEqual(disallowed.map((path) => [path, false]));
}

const FOO = 'User-agent: FooBot';

const SECTIONS: Readonly<Record<string, readonly Case[]>> = {
	'RFC 9309 §2.1, the protocol': [
		{ about: 'no rules', file: [''], allowed: ['/', '/x?y'] },
		{ about: 'one rule', file: [FOO, 'Disallow: /x'], allowed: ['/', '/y'], disallowed: ['/x', '/x/y', '/xy'] },
		{ about: 'not a robots.txt at all', file: ['<!doctype html>', '<p>Not found: <a href="/x">x</a>'], allowed: ['/'] },
	],
	'§2.2.1, the user-agent line': [
		{ about: 'case does not count', file: ['USER-agent: fOObOT', 'Disallow: /'], disallowed: ['/'] },
		{ about: 'another agent', file: ['User-agent: BarBot', 'Disallow: /'], allowed: ['/'] },
		{ about: 'a longer name', file: ['User-agent: FooBot-News', 'Disallow: /'], allowed: ['/'] },
		{ about: 'a shorter name', file: ['User-agent: Foo', 'Disallow: /'], allowed: ['/'] },
		{ about: 'a version', file: ['User-agent: FooBot/1.2', 'Disallow: /'], disallowed: ['/'] },
		{ about: 'words after the token', file: ['User-agent: FooBot and so on', 'Disallow: /'], disallowed: ['/'] },
		{ about: '* for the others', file: ['User-agent: *', 'Disallow: /x', FOO, 'Disallow: /y'], allowed: ['/x'] },
		{ about: '*', agent: 'Bar', file: ['User-agent: *', 'Disallow: /x', FOO, 'Disallow: /y'], disallowed: ['/x'] },
		{ about: '* asked for by name', agent: '*', file: ['User-agent: *', 'Disallow: /x'], disallowed: ['/x'] },
		{ about: 'an empty group instead of *', file: ['User-agent: *', 'Disallow: /', FOO], allowed: ['/'] },
		{ about: 'an empty rule instead of *', file: ['User-agent: *', 'Disallow: /', FOO, 'Disallow:'], allowed: ['/'] },
		{
			about: 'groups of one agent are merged',
			file: [FOO, 'Disallow: /x', '', 'User-agent: Bar', 'Disallow: /z', '', FOO, 'Disallow: /y'],
			allowed: ['/z'],
			disallowed: ['/x', '/y'],
		},
		{
			about: 'a header that names the crawler',
			agent: 'Mozilla/5.0 (compatible; FooBot/2.0; +https://foo.test/bot)',
			file: [FOO, 'Disallow: /x', 'User-agent: *', 'Disallow: /'],
			allowed: ['/y'],
			disallowed: ['/x'],
		},
	],
	'§2.2.2, allow and disallow': [
		{ about: 'case counts', file: [FOO, 'Disallow: /X'], allowed: ['/x'], disallowed: ['/X'] },
		{ about: 'the longer wins', file: [FOO, 'Allow: /x/', 'Disallow: /x/y'], allowed: ['/x/z'], disallowed: ['/x/y'] },
		{ about: 'in either order', file: [FOO, 'Disallow: /x/', 'Allow: /x/y'], allowed: ['/x/y'], disallowed: ['/x/z'] },
		{ about: 'allow wins a tie', file: [FOO, 'Disallow: /x', 'Allow: /x'], allowed: ['/x'] },
		{ about: 'empty values', file: [FOO, 'Disallow:', 'Allow:'], allowed: ['/x'] },
		{ about: 'robots.txt itself', file: [FOO, 'Disallow: /'], allowed: ['/robots.txt'], disallowed: ['/robots.txt?x'] },
		{ about: 'no slash in front', file: [FOO, 'Disallow: x'], allowed: ['/x', '/'] },
		{ about: 'an address for a path', file: [FOO, `Disallow: ${ORIGIN}/`], allowed: ['/'] },
		{ about: 'the path of the site alone', file: [FOO, 'Disallow: /'], disallowed: ['', '/', '?x', '/x'] },
		{ about: 'queries', file: [FOO, 'Disallow: /x?y'], allowed: ['/x', '/x?z'], disallowed: ['/x?y', '/x?yz'] },
		{ about: 'empty queries', file: [FOO, 'Disallow: /x?'], allowed: ['/x'], disallowed: ['/x?', '/x?#z', '/x?y'] },
		{ about: 'parameters', file: [FOO, 'Disallow: /x;y'], allowed: ['/x'], disallowed: ['/x;y', '/x;y?z'] },
		{ about: 'fragments are not sent', file: [FOO, 'Disallow: /x#y'], disallowed: ['/x', '/x#z'] },
		{ about: 'empty segments', file: [FOO, 'Disallow: //x'], allowed: ['/x'], disallowed: ['//x'] },
		{ about: 'dots in a path', file: [FOO, 'Disallow: /y'], allowed: ['/y/../x'], disallowed: ['/x/../y', '/./y'] },
		{ about: 'dots in a query', file: [FOO, 'Disallow: /x?a=/../b'], disallowed: ['/x?a=/../b'] },
	],
	'§2.2.2, percent-encoding': [
		{ about: 'a reserved query', file: [FOO, 'Disallow: /foo/bar?baz=quz'], disallowed: ['/foo/bar?baz=quz'] },
		{
			about: 'an address in a query',
			file: [FOO, 'Disallow: /foo/bar?baz=https://foo.bar'],
			disallowed: ['/foo/bar?baz=https://foo.bar', '/foo/bar?baz=https%3A%2F%2Ffoo.bar'],
		},
		{ about: 'a plain rule', file: [FOO, 'Disallow: /ツ'], disallowed: ['/ツ', '/%E3%83%84', '/%e3%83%84'] },
		{ about: 'an encoded rule', file: [FOO, 'Disallow: /%e3%83%84'], disallowed: ['/ツ', '/%E3%83%84'] },
		{ about: 'unreserved', file: [FOO, 'Disallow: /%62%61%7A'], disallowed: ['/baz', '/%62%61%7A', '/%62a%7a'] },
		{ about: 'unreserved in the URL', file: [FOO, 'Disallow: /~baz'], disallowed: ['/%7Ebaz', '/%7e%62az'] },
		{ about: 'reserved', file: [FOO, 'Disallow: /a%2Fb'], allowed: ['/a/b'], disallowed: ['/a%2Fb', '/a%2fb'] },
		{ about: 'reserved, plain', file: [FOO, 'Disallow: /a/b'], allowed: ['/a%2Fb'], disallowed: ['/a/b'] },
		{ about: 'not URL characters', file: [FOO, 'Disallow: /a|b c"'], disallowed: ['/a|b c"', '/a%7Cb%20c%22'] },
		{ about: 'quotes', file: [FOO, "Disallow: /a?'"], disallowed: ["/a?'", '/a?%27'] },
		{ about: 'brackets', file: [FOO, 'Disallow: /a?b[]='], disallowed: ['/a?b[]=1', '/a?b%5B%5D=1'] },
		{ about: 'a lone %', file: [FOO, 'Disallow: /100%'], allowed: ['/100'], disallowed: ['/100%', '/100%25'] },
	],
	'§2.2.3, special characters': [
		{ about: 'a comment', file: ['# x', `${FOO} # y`, 'Disallow: /x # z', '#Disallow: /y'], disallowed: ['/x'] },
		{ about: '* in the middle', file: [FOO, 'Disallow: /a*b'], allowed: ['/ac', '/b'], disallowed: ['/ab', '/axyb/c'] },
		{ about: '* in front', file: [FOO, 'Disallow: *.gif'], allowed: ['/gif'], disallowed: ['/a.gif', '/a/b.gif?c'] },
		{ about: '* at the end', file: [FOO, 'Disallow: /a*'], allowed: ['/b'], disallowed: ['/a', '/ab'] },
		{ about: '* over slash and query', file: [FOO, 'Disallow: /*b=1'], allowed: ['/a'], disallowed: ['/a/c?d&b=1'] },
		{ about: '$', file: [FOO, 'Disallow: /a$'], allowed: ['/ab', '/a?b', '/a/'], disallowed: ['/a'] },
		{ about: '* and $', file: [FOO, 'Disallow: /*.gif$'], allowed: ['/a.gif?'], disallowed: ['/a.gif', '/.gif.gif'] },
		{ about: '$ inside', file: [FOO, 'Disallow: /a$b'], allowed: ['/a'], disallowed: ['/a$b', '/a%24bc'] },
		{ about: '%24', file: [FOO, 'Disallow: /a%24'], allowed: ['/a'], disallowed: ['/a$', '/a%24', '/a$b'] },
		{ about: '%2A', file: [FOO, 'Disallow: /a%2Ab'], allowed: ['/ab', '/axb'], disallowed: ['/a*b', '/a%2Ab'] },
		{ about: '* matches itself', file: [FOO, 'Disallow: /a*b$'], disallowed: ['/a*b', '/a**b'] },
		{ about: 'the site alone', file: [FOO, 'Allow: /$', 'Disallow: /'], allowed: ['/'], disallowed: ['/x', '/?x'] },
	],
	'§2.2.4, other records': [
		{ about: 'sitemaps', file: [FOO, 'Sitemap: /s', 'User-agent: *', 'Disallow: /'], disallowed: ['/'] },
		{ about: 'delays', file: [FOO, 'Crawl-delay: 1', 'User-agent: *', 'Disallow: /'], disallowed: ['/'] },
		{ about: 'unknown ones', file: [FOO, 'Noindex: /x', 'User-agent: *', 'Disallow: /'], disallowed: ['/'] },
		{
			about: 'unknown ones among rules',
			file: [FOO, 'Disallow: /x', 'Host: b.test', 'Disallow: /y'],
			disallowed: ['/y'],
		},
	],
	'§5, the examples': [
		{
			about: 'several groups',
			agent: 'FooBot',
			file: [
				'User-agent: *',
				'Disallow: *.gif$',
				'Disallow: /example/',
				'Allow: /publications/',
				FOO,
				'Disallow: /',
				'Allow: /example/page.html',
				'Allow: /example/allowed.gif',
				'User-agent: BarBot',
				'User-agent: BazBot',
				'Disallow: /example/page.html',
				'User-agent: QuxBot',
			],
			allowed: ['/example/page.html', '/example/allowed.gif'],
			disallowed: ['/', '/publications/', '/example/'],
		},
		{
			about: 'the longest match',
			file: [FOO, 'Allow: /example/page/', 'Disallow: /example/page/disallowed.gif'],
			allowed: ['/example/page/', '/example/page/other.gif'],
			disallowed: ['/example/page/disallowed.gif'],
		},
	],
};

for (const [section, cases] of Object.entries(SECTIONS)) {
	describe(section, () => {
		test.each(cases)('$about', check);
	});
}

describe('sitemaps', () => {
	test('are absolute, of http, each once and in order, whatever group they stand in', () => {
		const file = [
			'Sitemap: https://b.test/2.xml',
			FOO,
			'sitemap: /1.xml',
			'Disallow: /',
			'Sitemap: https://b.test/2.xml # again',
			'Sitemap: https://a.test/ü.xml',
			'Sitemap:',
			'Sitemap: ftp://a.test/3.xml',
			'Sitemap: http://',
		];
		expect(parseRobots(file.join('\n'), `${ORIGIN}/robots.txt`).sitemaps).toEqual([
			'https://b.test/2.xml',
			'https://a.test/1.xml',
			'https://a.test/%C3%BC.xml',
		]);
	});
});

describe('crawlDelaySecs', () => {
	test('is that of the group that counts', () => {
		const robots = parseRobots(`${FOO}\nCrawl-delay: 2.5\n\nUser-agent: *\nCrawl-delay: 7`, `${ORIGIN}/robots.txt`);
		expect(robots.crawlDelaySecs('FooBot/1.0')).toBe(2.5);
		expect(robots.crawlDelaySecs('BarBot')).toBe(7);
	});
});

describe('agents', () => {
	test('are told apart however many ask', () => {
		const names = Array.from({ length: 40 }, (_, index) => `bot${'x'.repeat(index)}`);
		const file = names.map((name, index) => `User-agent: ${name}\nDisallow: /${index}/`).join('\n');
		const robots = parseRobots(file, `${ORIGIN}/robots.txt`);
		for (const [index, name] of [...names, ...names].entries()) {
			expect(robots.isAllowed(`${ORIGIN}/${index % 40}/`, name)).toBe(false);
			expect(robots.isAllowed(`${ORIGIN}/${(index + 1) % 40}/`, name)).toBe(true);
		}
	});
});

describe('a wrong question', () => {
	const robots = parseRobots('User-agent: *\nDisallow: /', `${ORIGIN}/robots.txt`);

	test.each(['http://a.test/', 'https://b.test/', 'https://a.test:8443/'])('is one about %s', (url) => {
		expect(() => robots.isAllowed(url, 'FooBot')).toThrow(
			new TypeError(
				`${url} is not covered by the robots.txt of ${ORIGIN}: ask the robots.txt of ${new URL(url).origin}.`,
			),
		);
	});

	test('is not one that spells out the default port', () => {
		expect(robots.isAllowed('HTTPS://A.test:443/', 'FooBot')).toBe(false);
	});

	test.each(['/x', 'mailto:a@a.test', ''])('is one about %j', (url) => {
		expect(() => robots.isAllowed(url, 'FooBot')).toThrow(
			/^Expected `url` to be an absolute http: or https: URL, got /,
		);
	});

	test.each(['/robots.txt', 'ftp://a.test/robots.txt'])('is one for %j', (url) => {
		expect(() => parseRobots('', url)).toThrow(/^Expected `robotsUrl` to be an absolute http: or https: URL, got /);
	});
});
