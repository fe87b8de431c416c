import { expect, it } from 'vitest';
import { Buckets } from '../../src/numbers/buckets.ts';

it('includes a bound in its bucket, and has one for what is above the last', () => {
	const buckets = new Buckets([1, 10]);
	for (const value of [0, 1, 1.5, 10, 11, 1_000]) buckets.add(value);
	expect(buckets.counted).toEqual({ bounds: [1, 10], counts: [2, 2, 2], sum: 1_023.5 });
});
