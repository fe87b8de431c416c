import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KnownUrls } from '../../src/queue/known-urls.ts';

const url = (n: number): string => `https://www.example.com/category/${n % 97}/item-${n}.html?page=${n >> 7}`;

test('knows what was added, and nothing else, over a million addresses', () => {
	const known = new KnownUrls();
	for (let n = 0; n < 400_000; n++) known.add(url(n));
	let missed = 0;
	for (let n = 0; n < 400_000; n++) if (!known.has(url(n))) missed++;
	let invented = 0;
	for (let n = 400_000; n < 1_400_000; n++) if (known.has(url(n))) invented++;
	expect({ missed, invented }).toEqual({ missed: 0, invented: 0 });
});

test('keys that differ in little are different', () => {
	fc.assert(
		fc.property(fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b', '\0', '\u8000', '😀') })), (keys) => {
			const known = new KnownUrls();
			const half = keys.slice(0, keys.length / 2);
			for (const key of half) known.add(key);
			expect(keys.filter((key) => known.has(key))).toEqual(half);
		}),
	);
});

test('remembers the latest, at least as many as it was told, and at most twice as many', () => {
	const known = new KnownUrls(1_000);
	for (let n = 0; n < 10_500; n++) {
		known.add(url(n));
		if (n % 500 === 0) expect(known.has(url(Math.max(0, n - 999)))).toBe(true);
	}
	const remembered = Array.from({ length: 10_500 }, (_, n) => known.has(url(n)));
	expect(remembered.slice(-1_000).every(Boolean)).toBe(true);
	expect(remembered.filter(Boolean).length).toBeLessThanOrEqual(2_000);
});

test('adding one key again and again forgets no other', () => {
	const known = new KnownUrls(10);
	for (const n of [1, 2, 3]) known.add(url(n));
	for (let time = 0; time < 1_000; time++) known.add(url(4));
	expect([1, 2, 3, 4].every((n) => known.has(url(n)))).toBe(true);
});

test('its memory has a bound', () => {
	const known = new KnownUrls(20_000);
	// What other tests have left in this process, and what the filter has let go of, does not count.
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const size = (): number => {
		collect();
		return process.memoryUsage().arrayBuffers;
	};
	const before = size();
	for (let n = 0; n < 400_000; n++) known.add(url(n));
	const grown = size() - before;
	// Twenty tables were filled; had they been kept, this would be some 10 MB.
	expect(grown).toBeLessThan(10 * 20_000 * 16);
	expect(known.has(url(399_999))).toBe(true);
});

test('clear forgets all', () => {
	const known = new KnownUrls(2);
	for (const n of [1, 2, 3]) known.add(url(n));
	known.clear();
	expect([1, 2, 3].some((n) => known.has(url(n)))).toBe(false);
});
