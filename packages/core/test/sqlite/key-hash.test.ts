import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyHash, readKeyHash } from '../../src/sqlite/key-hash.ts';
import { createSchema } from '../../src/sqlite/schema.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { newRequest, newRequests } from '../store/requests.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SITE = 2 ** 32;

test('files are read by it for years: it stays what it is', () => {
	const hash = keyHash(123_456_789_012_345);
	const keys = ['', 'a', 'ab', 'https://a.example/', 'https://a.example/é?x=1', 'POST(x):https://a.example/'];
	expect(keys.map(hash)).toMatchInlineSnapshot(`
		[
		  3331271471224,
		  3329526752991,
		  3330894782596,
		  136192425496159,
		  136190029530971,
		  113270095784347,
		]
	`);
});

test('it is a whole number below 2^48, whatever the key', () => {
	fc.assert(
		fc.property(fc.string(), fc.nat(2 ** 31), (key, seed) => {
			const hash = keyHash(seed * 65_537)(key);
			expect(Number.isInteger(hash) && hash >= 0 && hash < 2 ** 48).toBe(true);
		}),
	);
});

test('keys of a site have the same upper part, and different lower ones', () => {
	const hash = keyHash(77);
	const keys = Array.from({ length: 2_000 }, (_, index) => `https://www.site.example/page-${index}`);
	const hashes = keys.map(hash);
	expect(new Set(hashes.map((value) => Math.floor(value / SITE))).size).toBe(1);
	// Two of 2,000 meet with a chance of one in two thousand, and the seed is fixed.
	expect(new Set(hashes).size).toBe(2_000);
});

test('sites are spread evenly, and so are the keys of one', () => {
	const hash = keyHash(99_999_999_999);
	const sites = Array.from({ length: 6_400 }, (_, index) => hash(`https://s${index}.example/`) / SITE);
	const pages = Array.from({ length: 6_400 }, (_, index) => hash(`https://a.example/${index}`) % SITE);
	for (const [values, end] of [
		[sites, 2 ** 16],
		[pages, SITE],
	] as const) {
		const buckets = new Array<number>(64).fill(0);
		for (const value of values)
			buckets[Math.floor((value / end) * 64)] = (buckets[Math.floor((value / end) * 64)] ?? 0) + 1;
		// A hundred each on average; 50 away from it is five standard deviations.
		expect(Math.min(...buckets)).toBeGreaterThan(50);
		expect(Math.max(...buckets)).toBeLessThan(150);
	}
});

test('what ends differently, or is longer by nothing but zeros, is not the same', () => {
	const hash = keyHash(1);
	const keys = [
		'https://a.example/1',
		'https://a.example/10',
		'https://a.example/1\0',
		'https://a.example/1\0\0',
		'https://a.example/2',
	];
	expect(new Set(keys.map(hash)).size).toBe(keys.length);
});

test('each file has a seed of its own, and keeps it', () => {
	const seeds = Array.from({ length: 3 }, () => {
		const database = new DatabaseSync(':memory:');
		createSchema(database);
		expect(readKeyHash(database)('https://a.example/')).toBe(readKeyHash(database)('https://a.example/'));
		return database.prepare('SELECT value FROM key_seed').get()?.value as number;
	});
	expect(new Set(seeds).size).toBe(3);
	expect(Math.max(...seeds)).toBeLessThan(2 ** 48);
	expect(Math.min(...seeds)).toBeGreaterThanOrEqual(0);
});

test('a file without its seed, or with another, is damaged and not filled with everything again', async () => {
	const path = join(await temporaryFolder(), 'crawl.sqlite');
	{
		await using store = SqliteStore.open(path);
		await store.add(newRequests(2));
	}
	for (const [damage, reason] of [
		['UPDATE key_seed SET value = (value + 1) % 77', 'its keys are not those of its seed'],
		['DELETE FROM key_seed', 'the seed of its keys is missing'],
	] as const) {
		const database = new DatabaseSync(path);
		database.exec(damage);
		database.close();
		expect(() => SqliteStore.open(path)).toThrow(`is damaged: ${reason}`);
	}
});

test('half a surrogate pair is what SQLite makes of it', async () => {
	const hash = keyHash(7);
	expect(hash('Café \ud83d')).toBe(hash('Café \ufffd'));
	const path = join(await temporaryFolder(), 'crawl.sqlite');
	const request = newRequest('/x', { uniqueKey: 'Café \ud83d' });
	{
		await using store = SqliteStore.open(path);
		await store.add([request]);
	}
	await using again = SqliteStore.open(path);
	expect(await again.add([request])).toMatchObject([{ wasAlreadyPresent: true }]);
});
