import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { askAll } from '../../../src/contestants/http-requests/ask-all.ts';

test.each([
	{ requests: 10, concurrency: 3, peak: 3 },
	{ requests: 10, concurrency: 1, peak: 1 },
	{ requests: 2, concurrency: 5, peak: 2 },
])('$requests requests, $concurrency at a time', async ({ requests, concurrency, peak }) => {
	let inFlight = 0;
	let mostInFlight = 0;
	let asked = 0;
	let closed = 0;
	const asker = {
		async ask() {
			inFlight += 1;
			mostInFlight = Math.max(mostInFlight, inFlight);
			asked += 1;
			const text = 'x'.repeat(asked);
			await sleep(1);
			inFlight -= 1;
			return text;
		},
		close() {
			expect(inFlight).toBe(0);
			closed += 1;
		},
	};
	const tally = await askAll(asker, { url: 'http://bench.test/', requests, concurrency, read: 'text' });
	expect(tally).toEqual({ answers: requests, characters: (requests * (requests + 1)) / 2 });
	expect({ asked, mostInFlight, closed }).toEqual({ asked: requests, mostInFlight: peak, closed: 1 });
});
