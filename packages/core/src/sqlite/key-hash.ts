import type { DatabaseSync } from 'node:sqlite';
import { ContradictionError } from './storage-fault.ts';

/** What a unique key is found by in the `request` table: a whole number below 2^48. */
export type KeyHash = (key: string) => number;

/**
 * A hash of unique keys in two parts. The upper 16 bits are of the site (all up to the path), so that the keys of a site lie
 * side by side in the index and the links of a page touch few of its pages; the lower 32 bits are of the whole key.
 *
 * Different keys may have the same hash: whoever finds one compares the key. Nobody can make many such keys without the
 * seed: it is HalfSipHash-1-3 over UTF-16 code units (Aumasson and Bernstein, SipHash: a fast short-input PRF, 2012).
 *
 * @param seed a whole number below 2^48. The hashes in a file are of its seed, for good.
 */
export function keyHash(seed: number): KeyHash {
	const key0 = seed | 0;
	const key1 = Math.floor(seed / 2 ** 32) | 0;
	return (given) => {
		// SQLite stores text as UTF-8, in which half a surrogate pair cannot be written.
		const key = given.toWellFormed();
		const length = key.length;
		// Whole words of two code units; the one that is cut off makes no difference between sites of an address.
		const siteEnd = siteLength(key) & ~1;
		let v0 = key0;
		let v1 = key1;
		let v2 = 0x6c796765 ^ key0;
		let v3 = 0x74656462 ^ key1;
		let site = 0;
		for (let index = 0; index <= length; index += 2) {
			if (index === siteEnd) site = (v0 ^ v1 ^ v2 ^ v3) & 0xffff;
			// The last word carries the length, or keys that end with a zero unit would be as those without.
			const word =
				index + 1 < length
					? key.charCodeAt(index) | (key.charCodeAt(index + 1) << 16)
					: (index < length ? key.charCodeAt(index) : 0) | (length << 16);
			v3 ^= word;
			v0 = (v0 + v1) | 0;
			v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
			v0 = (v0 << 16) | (v0 >>> 16);
			v2 = (v2 + v3) | 0;
			v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
			v0 = (v0 + v3) | 0;
			v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
			v2 = (v2 + v1) | 0;
			v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
			v2 = (v2 << 16) | (v2 >>> 16);
			v0 ^= word;
		}
		v2 ^= 0xff;
		for (let round = 0; round < 3; round++) {
			v0 = (v0 + v1) | 0;
			v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
			v0 = (v0 << 16) | (v0 >>> 16);
			v2 = (v2 + v3) | 0;
			v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
			v0 = (v0 + v3) | 0;
			v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
			v2 = (v2 + v1) | 0;
			v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
			v2 = (v2 << 16) | (v2 >>> 16);
		}
		return site * 2 ** 32 + ((v1 ^ v3) >>> 0);
	};
}

/**
 * The hash of a storage file, by the seed in it.
 *
 * @throws ContradictionError when the seed is missing or another one than that of the last key: no key would be found by
 * it, and each page stored again.
 */
export function readKeyHash(database: DatabaseSync): KeyHash {
	const seed = database.prepare('SELECT value FROM key_seed').get()?.value;
	if (typeof seed !== 'number') throw new ContradictionError('the seed of its keys is missing');
	const hash = keyHash(seed);
	const last = database
		.prepare('SELECT unique_key, key_hash FROM request WHERE id = (SELECT max(id) FROM request)')
		.get();
	if (last !== undefined && hash(last.unique_key as string) !== last.key_hash) {
		throw new ContradictionError('its keys are not those of its seed');
	}
	return hash;
}

/** How much of a key is scheme and host; all keys that are no address are one site. */
function siteLength(key: string): number {
	const host = key.indexOf('//');
	if (host === -1) return 0;
	const path = key.indexOf('/', host + 2);
	return path === -1 ? key.length : path;
}
