import { describe, expect, test } from 'vitest';
import { RobotsGroups } from '../../src/robots/robots-groups.ts';
import { robotsLines } from '../../src/robots/robots-lines.ts';

function groups(...lines: string[]): RobotsGroups {
	return new RobotsGroups(robotsLines(lines.join('\n')));
}

function disallowed(of: RobotsGroups, token: string): string[] {
	return of.for(token).rules.map((rule) => rule.path);
}

describe('groups', () => {
	test('belong to all agents above their first rule', () => {
		const file = groups('User-agent: a', 'User-agent: b', 'Disallow: /ab', 'User-agent: c', 'Disallow: /c');
		expect(disallowed(file, 'a')).toEqual(['/ab']);
		expect(disallowed(file, 'b')).toEqual(['/ab']);
		expect(disallowed(file, 'c')).toEqual(['/c']);
	});

	test('of the same agent are one', () => {
		const file = groups('User-agent: a', 'Disallow: /1', 'User-agent: b', 'Disallow: /2', 'User-agent: A', 'Allow: /3');
		expect(disallowed(file, 'a')).toEqual(['/1', '/3']);
	});

	test('of the same agent named twice count once', () => {
		expect(disallowed(groups('User-agent: a', 'User-agent: a', 'Disallow: /1'), 'a')).toEqual(['/1']);
	});

	test.each(['Sitemap: https://a.test/s.xml', 'Crawl-delay: 1', 'Noindex: /x', '', '# note'])(
		'are not split by %j between two agents',
		(line) => {
			expect(disallowed(groups('User-agent: a', line, 'User-agent: b', 'Disallow: /ab'), 'a')).toEqual(['/ab']);
		},
	);

	test('without a rule still keep their agents from those of *', () => {
		const file = groups('User-agent: *', 'Disallow: /', 'User-agent: a', 'Disallow:');
		expect(disallowed(file, 'a')).toEqual([]);
		expect(disallowed(file, 'b')).toEqual(['/']);
	});

	test('do not begin before the first agent', () => {
		expect(disallowed(groups('Disallow: /1', 'User-agent: *', 'Disallow: /2'), 'a')).toEqual(['/2']);
	});

	test('of nobody take the rules with them', () => {
		const file = groups('User-agent: *', 'Disallow: /1', 'User-agent:', 'Disallow: /2');
		expect(disallowed(file, 'a')).toEqual(['/1']);
	});

	test.each(['__proto__', 'constructor', 'tostring'])('are found for an agent named %s', (name) => {
		const file = groups('User-agent: *', 'Disallow: /1', `User-agent: ${name}`, 'Disallow: /2');
		expect(disallowed(file, name)).toEqual(['/2']);
		expect(disallowed(groups('User-agent: *', 'Disallow: /1'), name)).toEqual(['/1']);
	});
});

describe('Crawl-delay', () => {
	test.each([
		['10', 10],
		['0', 0],
		['1.5', 1.5],
		['.5', 0.5],
		['2.', 2],
		['10s', 10],
		['3 seconds', 3],
		['-1', undefined],
		['soon', undefined],
		['Infinity', undefined],
		['9'.repeat(400), undefined],
		['', undefined],
	])('of %j', (value, secs) => {
		expect(groups('User-agent: a', `Crawl-delay: ${value}`).for('a').crawlDelaySecs).toBe(secs);
	});

	test('is for the agents right above it only, though the group goes on', () => {
		const file = groups('User-agent: a', 'Crawl-delay: 9', 'User-agent: *', 'Disallow: /x');
		expect(file.for('a')).toEqual({ rules: [{ allow: false, path: '/x' }], crawlDelaySecs: 9 });
		expect(file.for('b').crawlDelaySecs).toBeUndefined();
	});

	test('counts below the rules too', () => {
		expect(groups('User-agent: a', 'Disallow: /x', 'Crawl-delay: 9').for('a').crawlDelaySecs).toBe(9);
	});

	test('is the longest of several', () => {
		const file = groups('User-agent: a', 'Crawl-delay: 2', 'Crawl-delay: 5', 'User-agent: a', 'Crawl-delay: 3');
		expect(file.for('a').crawlDelaySecs).toBe(5);
	});

	test('of * is not that of an agent with a group of its own', () => {
		const file = groups('User-agent: *', 'Crawl-delay: 5', 'Allow: /', 'User-agent: a', 'Allow: /');
		expect(file.for('a').crawlDelaySecs).toBeUndefined();
		expect(file.for('b').crawlDelaySecs).toBe(5);
	});
});
