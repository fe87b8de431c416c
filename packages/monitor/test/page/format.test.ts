import { expect, it } from 'vitest';
import { bytes, count, duration, milliseconds, rate } from '../../page/js/format.js';

it.each([
	[0, '0 B'],
	[999, '999 B'],
	[1_000, '1.0 KiB'],
	[1_048_576, '1.0 MiB'],
	[250_000_000, '238 MiB'],
	[5e15, '4,547 TiB'],
])('%j bytes are %s', (value, text) => {
	expect(bytes(value)).toBe(text);
});

it.each([
	[-5, '0 s'],
	[59_400, '59 s'],
	[60_000, '1 min 00 s'],
	[3_725_000, '1 h 02 min'],
	[47 * 3_600_000, '47 h 00 min'],
	[100 * 3_600_000, '4 d 4 h'],
])('%j ms last %s', (value, text) => {
	expect(duration(value)).toBe(text);
});

it('aligns counts and rates', () => {
	expect([count(1_234_567), rate(1.25), rate(99.96), rate(1_234.5)]).toEqual(['1,234,567', '1.3', '100', '1,235']);
	expect([milliseconds(null), milliseconds(12.4), milliseconds(12_400)]).toEqual(['–', '12 ms', '12.4 s']);
});
