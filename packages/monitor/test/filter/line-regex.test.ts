import { describe, expect, it } from 'vitest';
import { lineRegex, RegexError } from '../../src/filter/line-regex.ts';

describe('a regular expression', () => {
	it('looks at the beginning of a line', () => {
		const matches = lineRegex('end$|x{20}');
		expect(matches(`${'-'.repeat(1_021)}end and more`)).toBe(true);
		expect(matches(`${'-'.repeat(1_024)}${'x'.repeat(20)}`)).toBe(false);
	});

	it.each(['a{1000}{3}', '(?<=a)b', '(a)\\1', 'x{999}y{999}', '['])('that cannot be used is refused: %s', (pattern) => {
		expect(() => lineRegex(pattern)).toThrow(RegexError);
	});

	it('that is slow again and again is refused, and not one that was slow twice', () => {
		let now = 0;
		let tookMs = 101;
		const clock = (): number => (now += tookMs / 2); // it is read before and after
		clock();
		tookMs = 202;
		const matches = lineRegex('a', clock);
		expect(matches('a')).toBe(true);
		expect(matches('a')).toBe(true);
		tookMs = 1;
		for (let count = 0; count < 100; count++) expect(matches('b')).toBe(false);
		tookMs = 202;
		expect(() => matches('a')).toThrow('regex takes too long: use fewer choices and repetitions.');
	});
});
