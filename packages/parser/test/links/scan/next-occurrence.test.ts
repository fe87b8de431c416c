import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NextOccurrence } from '../../../src/links/scan/next-occurrence.ts';

test('finds what indexOf finds, from any place in any order', () => {
	const text = fc.array(fc.constantFrom('ab', 'a', 'b', 'c'), { maxLength: 20 }).map((parts) => parts.join(''));
	fc.assert(
		fc.property(text, fc.array(fc.nat(40)), (html, places) => {
			const next = new NextOccurrence(html, 'ab');
			for (const place of places) {
				const found = html.indexOf('ab', place);
				expect(next.find(place)).toBe(found === -1 ? html.length : found);
			}
		}),
	);
});
