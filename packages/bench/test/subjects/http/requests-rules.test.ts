import { expect, test } from 'vitest';
import { type RequestsSample, requestsRules } from '../../../src/subjects/http/requests-rules.ts';
import { resultTables } from '../../../src/subjects/result-tables.ts';

const rules = requestsRules({ url: 'http://bench.test/', requests: 1000, concurrency: 10, read: 'text' }, 16);

function sample(seconds: number, { answers = 1000, characters = 16_000, served = 1000 } = {}): RequestsSample {
	return {
		answer: { answers, characters, seconds, workCpuSeconds: seconds / 2, importedRssBytes: 30e6 },
		cpuSeconds: 9,
		maxRssBytes: 120e6,
		processSeconds: 9,
		served,
	};
}

test('the goals are 0.85 of undici and three times aiohttp', () => {
	const outcomes = Object.entries({ ours: 1, undici: 0.9, aiohttp: 2.9, got: 8 }).map(([name, seconds]) => ({
		name,
		samples: [sample(seconds)],
	}));
	const { table } = resultTables(outcomes, rules, []);
	expect(table).toMatch(/^ours +1000 +1,000 +500 +120 MB$/m);
	expect(table).toMatch(/^ours \/ undici +0\.9 +1\.11 +≥ 0\.85: reached$/m);
	expect(table).toMatch(/^ours \/ aiohttp +2\.9 +0\.345 +≥ 3: not reached$/m);
	expect(table).toMatch(/^ours \/ got +8 +0\.125$/m);
});

test.each([
	[{ answers: 999 }, 'read 999 answers of 1000'],
	[{ characters: 15_999 }, 'read 15999 characters of 16000'],
	[{ served: 999 }, 'the server answered only 999 requests'],
])('%j is a fault', (difference, fault) => {
	expect(rules.faults(sample(1, difference))).toEqual([fault]);
});

test('a request that was repeated is no fault', () => {
	expect(rules.faults(sample(1, { served: 1001 }))).toEqual([]);
});
