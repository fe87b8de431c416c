import { expect, it } from 'vitest';
import { orderDomains } from '../../page/js/domain-order.js';
import { sampleNumbers } from '../sample-numbers.ts';

const [sample] = sampleNumbers().domains;
if (sample === undefined) throw new Error('The sample has no domain.');

const domains = [
	{ ...sample, name: 'b', waiting: 1, p50Ms: null, statuses: { 200: 1_000 } },
	{ ...sample, name: 'c', waiting: 9, p50Ms: 4, statuses: { 404: 2, 500: 1 } },
	{ ...sample, name: 'a', waiting: 1, p50Ms: 7, statuses: { 429: 1 } },
];

it.each([
	['name', false, 'abc'],
	['name', true, 'cba'],
	['waiting', true, 'cab'],
	['waiting', false, 'abc'],
	['p50Ms', true, 'acb'],
	['p50Ms', false, 'cab'],
	['statuses', true, 'cab'],
] as const)('%s, descending %j', (column, isDescending, expected) => {
	const names = orderDomains(domains, column, isDescending).map(({ name }) => name);
	expect(names.join('')).toBe(expected);
});
