import { expect, test } from 'vitest';
import { type DownloadSample, downloadRules } from '../../../src/subjects/http/download-rules.ts';
import { resultTables } from '../../../src/subjects/result-tables.ts';

const whole = { bytes: 100e6, sha256: 'aa' };
const rules = downloadRules(whole);

function sample(seconds: number, file = whole): DownloadSample {
	return { seconds, workCpuSeconds: seconds / 4, maxRssBytes: 90e6, file };
}

test('the goal is 0.9 of the bare pipe', () => {
	const outcomes = [
		{ name: 'ours', samples: [sample(1)] },
		{ name: 'undici', samples: [sample(0.8)] },
		{ name: 'curl', samples: [sample(0.5)] },
	];
	const { table, faults } = resultTables(outcomes, rules, []);
	expect(table).toMatch(/^ours +100 +1 +0\.25 +90 MB$/m);
	expect(table).toMatch(/^ours \/ undici +0\.8 +1\.25 +≥ 0\.9: not reached$/m);
	expect(table).toMatch(/^ours \/ curl +0\.5 +2$/m);
	expect(faults).toEqual([]);
});

test.each([
	[{ ...whole, bytes: 99e6 }, 'the file has 99000000 bytes of 100000000'],
	[{ ...whole, sha256: 'ab' }, 'the file has other bytes than the one that is served'],
])('%j is a fault', (file, fault) => {
	expect(rules.faults(sample(1, file))).toEqual([fault]);
});
