import { describe, expect, test } from 'vitest';
import { OriginRobots } from '../../src/robots/origin-robots.ts';
import type { RobotsRecord } from '../../src/robots/robots-record.ts';

const ORIGIN = 'https://a.test';

function origin(rule: RobotsRecord['rule'], file = ''): OriginRobots {
	const record = { origin: ORIGIN, rule, body: Buffer.from(file), fetchedAt: 1, expiresAt: 2, failures: 0 };
	return new OriginRobots(record, 'FooBot');
}

describe('OriginRobots', () => {
	test('asks in the name of the crawler unless another is given', () => {
		const robots = origin('file', 'User-agent: FooBot\nDisallow: /x\nCrawl-delay: 2\nSitemap: /s.xml');
		expect(robots.isAllowed(`${ORIGIN}/x`)).toBe(false);
		expect(robots.isAllowed(`${ORIGIN}/x`, 'BarBot')).toBe(true);
		expect(robots.crawlDelaySecs()).toBe(2);
		expect(robots.crawlDelaySecs('BarBot')).toBeUndefined();
		expect(robots.sitemaps).toEqual([`${ORIGIN}/s.xml`]);
		expect(robots).toMatchObject({ rule: 'file', expiresAt: 2 });
	});

	test('looks at no body unless the file holds', () => {
		const robots = origin('allow-all', 'User-agent: *\nDisallow: /');
		expect(robots.isAllowed(`${ORIGIN}/x`)).toBe(true);
	});

	test('disallows all but robots.txt while the origin does not answer', () => {
		const robots = origin('disallow-all');
		expect(robots.isAllowed(`${ORIGIN}/`)).toBe(false);
		expect(robots.isAllowed(`${ORIGIN}/x`, 'BarBot')).toBe(false);
		expect(robots.isAllowed(`${ORIGIN}/robots.txt`)).toBe(true);
	});
});
