import { expect, it } from 'vitest';
import { PageNumbers } from '../../src/numbers/page-numbers.ts';

const answer = { url: 'https://a.example/', status: 200, headersMs: 20, bytes: 2_000 };

it('counts answers by domain and status', () => {
	const numbers = new PageNumbers(() => 1_000);
	numbers.answered({ ...answer, domain: 'a.example' });
	numbers.answered({ ...answer, domain: 'a.example', status: 404, headersMs: 80 });
	numbers.answered({ ...answer, domain: 'b.example' });
	const lane = { domain: 'b.example', waiting: 7, inFlight: 2, limit: 5, blockedUntil: 9_000 };
	const { domains, statuses, bytes, latencyMs, sizeBytes } = numbers.look([lane]);
	expect(domains).toEqual([
		{
			name: 'b.example',
			waiting: 7,
			inFlight: 2,
			rate: 1,
			limit: 5,
			p50Ms: 20,
			p95Ms: 20,
			statuses: { 200: 1 },
			blockedUntil: 9_000,
		},
		{
			name: 'a.example',
			waiting: 0,
			inFlight: 0,
			rate: 2,
			limit: null,
			p50Ms: 20,
			p95Ms: 80,
			statuses: { 200: 1, 404: 1 },
			blockedUntil: null,
		},
	]);
	expect({ statuses, bytes }).toEqual({ statuses: { 200: 2, 404: 1 }, bytes: 6_000 });
	expect(latencyMs.sum).toBe(120);
	expect(sizeBytes.counts[1]).toBe(3);
});

it('shows the hundred busiest domains and the fifty latest failures, however many there are', () => {
	let now = 0;
	const numbers = new PageNumbers(() => now);
	for (let index = 0; index < 5_000; index++) {
		now += 1;
		numbers.answered({ ...answer, domain: `d${index}.example` });
		numbers.failed(`https://d${index}.example/`, 'gone', 404);
	}
	const busy = { domain: 'd3.example', waiting: 50, inFlight: 8, limit: null, blockedUntil: null };
	const { domains, failures, pagesFailed } = numbers.look([busy]);
	expect(domains).toHaveLength(100);
	expect(domains[0]).toMatchObject({ name: 'd3.example', waiting: 50, statuses: {} });
	expect(failures).toHaveLength(50);
	expect(failures[0]).toMatchObject({ url: 'https://d4999.example/', httpStatus: 404 });
	expect(pagesFailed).toBe(5_000);
});
