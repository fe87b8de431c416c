import { expect, test } from 'vitest';
import { type TutorialSample, tutorialRules } from '../../../src/subjects/http/tutorial-rules.ts';
import { resultTables } from '../../../src/subjects/result-tables.ts';

const job = { url: 'http://bench.test/', requests: 100, concurrency: 10, read: 'json' } as const;

function sample(
	seconds: number,
	difference: { answers?: number; characters?: number; served?: number; peakInFlight?: number } = {},
): TutorialSample {
	const { answers = 100, characters = 100_000, served = 100, peakInFlight = 10 } = difference;
	return {
		answer: { answers, characters, seconds, workCpuSeconds: seconds / 10, importedRssBytes: 30e6 },
		cpuSeconds: 9,
		maxRssBytes: 31.5e6,
		processSeconds: 9,
		job,
		served,
		peakInFlight,
	};
}

test('wall time, CPU time and memory are those of the work, not of the start', () => {
	const outcomes = [
		{ name: 'ours', samples: [sample(1), sample(3)] },
		{ name: 'requests', samples: [sample(10), sample(10)] },
	];
	const { table, faults } = resultTables(outcomes, tutorialRules(1000), []);
	expect(table).toMatch(/^ours +2 \(1–3\) +0\.2 +1\.5 +10$/m);
	expect(table).toMatch(/^ours \/ requests +6\.67 \(3\.33–10\) +0\.2 \(0\.1–0\.3\)$/m);
	expect(faults).toEqual([]);
});

test.each([
	[{ answers: 99 }, 'read 99 answers of 100'],
	[{ characters: 99_999 }, 'read 99999 characters of 100000'],
	[{ served: 99 }, 'the server answered 99 requests instead of 100'],
	[{ served: 101 }, 'the server answered 101 requests instead of 100'],
	[{ peakInFlight: 11 }, 'the server had 11 requests at once, more than 10'],
])('%j is a fault', (difference, fault) => {
	expect(tutorialRules(1000).faults(sample(1, difference))).toEqual([fault]);
});
