import { expect, test } from 'vitest';
import { amount, duration, perSecond, share, size } from '../../src/output/amounts.ts';

test('amounts read like sentences', () => {
	expect([amount(1, 'page'), amount(1_234, 'page'), amount(2, 'address', 'addresses')]).toEqual([
		'1 page',
		'1,234 pages',
		'2 addresses',
	]);
	expect([0.04, 7.4, 200, 7_500].map(duration)).toEqual(['0.0 s', '7 s', '3 min 20 s', '2 h 5 min']);
	expect([3.44, 12.6].map(perSecond)).toEqual(['3.4/s', '13/s']);
	expect([0, 120, 1_536, 5 * 1024 ** 2, 1024 ** 5].map(size)).toEqual([
		'0 bytes',
		'120 bytes',
		'1.5 KiB',
		'5.0 MiB',
		'1024 TiB',
	]);
	expect([share(1, 8), share(3, 3), share(0, 0)]).toEqual(['12.5%', '100%', '0%']);
});
