import { expect, test } from 'vitest';
import { LruOrigins } from '../../src/robots/lru-origins.ts';
import { OriginRobots } from '../../src/robots/origin-robots.ts';

function robots(name: string, bytes: number): OriginRobots {
	const body = new Uint8Array(bytes);
	const times = { fetchedAt: 0, expiresAt: 1, failures: 0 };
	return new OriginRobots({ origin: `https://${name}.test`, rule: 'file', body, ...times }, 'FooBot');
}

const MIB = 1024 * 1024;

test('lets the oldest go when the files grow too large together', () => {
	const origins = new LruOrigins(10);
	for (const name of ['a', 'b', 'c']) origins.set(robots(name, 12 * MIB));
	expect(origins.get('https://a.test')).toBeUndefined();
	expect(origins.get('https://b.test')).toBeDefined();
	expect(origins.get('https://c.test')).toBeDefined();
});

test('keeps the newest however large it is', () => {
	const origins = new LruOrigins(10);
	origins.set(robots('a', 1));
	origins.set(robots('b', 40 * MIB));
	expect(origins.get('https://a.test')).toBeUndefined();
	expect(origins.get('https://b.test')).toBeDefined();
});

test('counts an origin that is set again once', () => {
	const origins = new LruOrigins(10);
	origins.set(robots('a', 1));
	for (let i = 0; i < 5; i++) origins.set(robots('b', 12 * MIB));
	expect(origins.get('https://a.test')).toBeDefined();
});
