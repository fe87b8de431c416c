import { describe, expect, test } from 'vitest';
import { explainRobots } from '../../src/robots/explain-robots.ts';
import { parseRobots } from '../../src/robots/parse-robots.ts';

const FILE = [
	'# The shop', // 1
	'User-agent: *',
	'Disallow: /admin', // 3
	'Allow: /admin/help', // 4
	'Disallow: /*.pdf$', // 5
	'Crawl-delay: 2',
	'',
	'User-agent: OtherBot', // 8
	'Disallow: /', // 9
].join('\r\n');

const explain = (path: string, agent = 'Orbweaver/1.0') => explainRobots(FILE, `https://shop.test${path}`, agent);

describe('the rule that decides', () => {
	test.each([
		['/admin/users', false, 3, 'Disallow: /admin'],
		['/admin/help/me', true, 4, 'Allow: /admin/help'],
		['/a.pdf', false, 5, 'Disallow: /*.pdf$'],
	])('of %s', (path, isAllowed, line, text) => {
		expect(explain(path)).toEqual({ isAllowed, token: 'orbweaver', rule: { line, text }, crawlDelaySecs: 2 });
	});

	test('is none for a page that no rule is about, and for robots.txt itself', () => {
		expect(explain('/')).toEqual({ isAllowed: true, token: 'orbweaver', crawlDelaySecs: 2 });
		expect(explain('/robots.txt', 'OtherBot')).toEqual({ isAllowed: true, token: 'otherbot' });
	});

	test('is that of the group of the crawler', () => {
		expect(explain('/admin/help', 'OtherBot')).toMatchObject({
			isAllowed: false,
			rule: { line: 9, text: 'Disallow: /' },
		});
	});

	test('at a tie is the one that allows', () => {
		const tie = 'User-agent: *\nDisallow: /p\nAllow: /p';
		expect(explainRobots(tie, 'https://shop.test/p', 'x').rule).toEqual({ line: 3, text: 'Allow: /p' });
	});

	test.each(['/', '/admin', '/admin/help', '/x.pdf', '/x.pdf?y', '/robots.txt'])(
		'says of %s what the crawler goes by',
		(path) => {
			const url = `https://shop.test${path}`;
			const robots = parseRobots(FILE, 'https://shop.test/robots.txt');
			for (const agent of ['Orbweaver', 'OtherBot']) {
				expect(explain(path, agent).isAllowed).toBe(robots.isAllowed(url, agent));
			}
		},
	);
});
