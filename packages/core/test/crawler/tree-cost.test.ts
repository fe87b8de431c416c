import { expect, test } from 'vitest';
import { treeCost } from '../../src/crawler/tree-cost.ts';

const LIMIT = 100_000_000;

test('is the sum of the depths', () => {
	const filler = 'x'.repeat(30_000);

	expect(treeCost(`<a><b><i></i></b></a><u></u>${filler}`, LIMIT)).toBe(0 + 1 + 2 + 0);
	expect(treeCost(`${'<div>'.repeat(1_000)}${filler}`, LIMIT)).toBe((1_000 * 999) / 2);
});

test('what ends by itself, and what the author forgot to close, makes nothing deeper', () => {
	const list = '<ul>'.concat('<li>one<br><img>'.repeat(5_000), '</ul>');
	const forgotten = '<div><span></div>'.repeat(5_000);

	expect(treeCost(list, LIMIT)).toBe(15_000);
	expect(treeCost(forgotten, LIMIT)).toBe(5_000);
});

test('a large page is far below what a deep one costs, and a deep one is not counted to its end', () => {
	const page = '<main>'.concat('<section><p><a>x</a></p></section>'.repeat(50_000));

	expect(treeCost(page, LIMIT)).toBeLessThan(LIMIT / 100);
	expect(treeCost('<div>'.repeat(1_000_000), LIMIT)).toBeLessThan(LIMIT + 20_000);
	expect(treeCost('<DIV>'.repeat(1_000_000), LIMIT)).toBeGreaterThan(LIMIT);
});
