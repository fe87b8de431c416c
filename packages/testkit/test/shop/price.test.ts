import { expect, test } from 'vitest';
import { formatPrice } from '../../src/shop/price.ts';

test.each([
	[4.9, 'EUR', '€4.90'],
	[1299, 'GBP', '£1,299.00'],
	[1234567.5, 'EUR', '€1,234,567.50'],
	[12800, 'JPY', '¥12,800'],
] as const)('%d %s reads %s', (price, currency, text) => {
	expect(formatPrice(price, currency)).toBe(text);
});
