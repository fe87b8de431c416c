import { expect, test } from 'vitest';
import { formatMegabytes, formatNumber, formatSummary } from '../../src/measure/format.ts';

test.each([
	[0.012345, '0.0123'],
	[2.5, '2.5'],
	[99.94, '99.9'],
	[217.4, '217'],
	[12_345.6, '12,346'],
])('%d reads %s', (value, text) => {
	expect(formatNumber(value)).toBe(text);
});

test('a summary shows its range only where there is one', () => {
	expect(formatSummary({ median: 2, min: 1, max: 3 })).toBe('2 (1–3)');
	expect(formatSummary({ median: 2, min: 2, max: 2 })).toBe('2');
});

test('memory is in MB of a million bytes', () => {
	expect(formatMegabytes(226_746_368)).toBe('227 MB');
});
