import { describe, expect, test } from 'vitest';
import { OriginRobots } from '../../src/robots/origin-robots.ts';
import { RobotsCache, type RobotsRecord, type RobotsRecords } from '../../src/robots/robots-cache.ts';
import type { RobotsOutcome } from '../../src/robots/robots-verdict.ts';

const HOUR = 60 * 60 * 1000;
const A = 'https://a.test';

function file(...lines: string[]): RobotsOutcome {
	return { kind: 'answered', status: 200, body: Buffer.from(lines.join('\n')), finalUrl: `${A}/robots.txt` };
}

const down: RobotsOutcome = { kind: 'answered', status: 503, body: new Uint8Array(), finalUrl: `${A}/robots.txt` };

/** A cache whose clock and answers a test sets, and the questions it asked. */
class Site {
	now = 0;
	answer: RobotsOutcome | Promise<RobotsOutcome> = file('User-agent: *', 'Disallow: /x');
	readonly asked: string[] = [];
	readonly stored = new Map<string, RobotsRecord>();
	readonly records: RobotsRecords = {
		read: async (origin) => this.stored.get(origin),
		write: async (record) => void this.stored.set(record.origin, record),
	};

	cache(maxOrigins?: number): RobotsCache {
		return new RobotsCache({
			fetch: async (url) => {
				this.asked.push(url);
				return this.answer;
			},
			records: this.records,
			userAgentToken: 'FooBot',
			now: () => this.now,
			...(maxOrigins !== undefined && { maxOrigins }),
		});
	}
}

describe('get', () => {
	test('fetches once and then answers at once', async () => {
		const site = new Site();
		const cache = site.cache();
		const robots = await cache.get(A);
		expect(robots.isAllowed(`${A}/x`)).toBe(false);
		expect(robots.isAllowed(`${A}/y`)).toBe(true);
		expect(cache.get(A)).toBe(robots);
		expect(cache.get(A)).toBeInstanceOf(OriginRobots);
		expect(site.asked).toEqual([`${A}/robots.txt`]);
	});

	test('asks once however many wait', async () => {
		const site = new Site();
		const cache = site.cache();
		const all = await Promise.all(Array.from({ length: 50 }, async () => cache.get(A)));
		expect(new Set(all).size).toBe(1);
		expect(site.asked).toHaveLength(1);
	});

	test('keeps origins apart', async () => {
		const site = new Site();
		const cache = site.cache();
		const origins = [A, 'http://a.test', 'https://a.test:8443', 'https://b.test'];
		await Promise.all(origins.map(async (origin) => cache.get(origin)));
		expect(site.asked).toEqual(origins.map((origin) => `${origin}/robots.txt`));
	});

	test.each(['a.test', 'https://a.test/', 'https://a.test/x', 'https://A.test', 'ftp://a.test', 'null'])(
		'refuses %j',
		(origin) => {
			expect(() => new Site().cache().get(origin)).toThrow(/^Expected `origin` to be like https:\/\/example.com, got /);
		},
	);
});

describe('records', () => {
	test('spare the next run the question', async () => {
		const site = new Site();
		await site.cache().get(A);
		const robots = await site.cache().get(A);
		expect(robots.isAllowed(`${A}/x`)).toBe(false);
		expect(site.asked).toHaveLength(1);
	});

	test('that are stale are asked for again', async () => {
		const site = new Site();
		await site.cache().get(A);
		site.now = 24 * HOUR;
		site.answer = file('');
		const robots = await site.cache().get(A);
		expect(robots.isAllowed(`${A}/x`)).toBe(true);
		expect(site.asked).toHaveLength(2);
	});

	test('remember failures over a restart', async () => {
		const site = new Site();
		site.answer = down;
		expect((await site.cache().get(A)).expiresAt).toBe(1_000);
		site.now = 1_000;
		expect((await site.cache().get(A)).expiresAt).toBe(3_000);
	});

	test('that cannot be read reject, and the next call tries again', async () => {
		const site = new Site();
		const cache = new RobotsCache({
			fetch: async () => down,
			records: { ...site.records, read: () => Promise.reject(new Error('disk')) },
			userAgentToken: 'FooBot',
		});
		await expect(cache.get(A)).rejects.toThrow('disk');
		await expect(cache.get(A)).rejects.toThrow('disk');
	});
});

describe('time', () => {
	test('a file is asked for again after a day, once', async () => {
		const site = new Site();
		const cache = site.cache();
		await cache.get(A);
		site.now = 24 * HOUR - 1;
		await cache.get(A);
		expect(site.asked).toHaveLength(1);
		site.now = 24 * HOUR;
		await Promise.all([1, 2].map(async () => cache.get(A)));
		expect(site.asked).toHaveLength(2);
	});

	test('a site that is down opens when it answers', async () => {
		const site = new Site();
		const cache = site.cache();
		site.answer = down;
		const closed = await cache.get(A);
		expect(closed.rule).toBe('disallow-all');
		expect(closed.isAllowed(`${A}/y`)).toBe(false);
		site.answer = file('User-agent: FooBot', 'Crawl-delay: 3');
		site.now = closed.expiresAt;
		const open = await cache.get(A);
		expect(open.rule).toBe('file');
		expect(open.isAllowed(`${A}/y`)).toBe(true);
		expect(open.crawlDelaySecs()).toBe(3);
	});

	test('a file that cannot be refreshed holds for one more day', async () => {
		const site = new Site();
		const cache = site.cache();
		await cache.get(A);
		site.answer = down;
		site.now = 24 * HOUR;
		expect((await cache.get(A)).isAllowed(`${A}/y`)).toBe(true);
		site.now = 48 * HOUR;
		expect((await cache.get(A)).isAllowed(`${A}/y`)).toBe(false);
	});

	test('a fetch that breaks its promise closes the site', async () => {
		const site = new Site();
		site.answer = Promise.reject(new Error('bug'));
		expect((await site.cache().get(A)).rule).toBe('disallow-all');
	});
});

describe('memory', () => {
	test('holds the origins that were asked about last', async () => {
		const site = new Site();
		const cache = site.cache(2);
		await cache.get('https://a.test');
		await cache.get('https://b.test');
		await cache.get('https://a.test');
		await cache.get('https://c.test');
		expect(cache.get('https://a.test')).toBeInstanceOf(OriginRobots);
		expect(cache.get('https://c.test')).toBeInstanceOf(OriginRobots);
		expect(cache.get('https://b.test')).toBeInstanceOf(Promise);
		expect(site.asked).toHaveLength(3);
	});

	test.each([0, -1, 1.5, Number.NaN])('of %d origins is refused', (maxOrigins) => {
		expect(() => new Site().cache(maxOrigins)).toThrow(/^Expected `maxOrigins` to be a whole number of at least 1/);
	});
});
