import { expect, test } from 'vitest';
import { type MessagesSample, messagesRules } from '../../../src/subjects/http/websocket-rules.ts';
import { resultTables } from '../../../src/subjects/result-tables.ts';

const rules = messagesRules({ count: 1000, bytes: 100 });

function sample(seconds: number, { messages = 1000, bytes = 100_000, sent = 1000 } = {}): MessagesSample {
	return {
		answer: { messages, bytes, seconds, workCpuSeconds: seconds / 2, importedRssBytes: 30e6 },
		cpuSeconds: 9,
		maxRssBytes: 80e6,
		processSeconds: 9,
		sent,
	};
}

test('the goal is 0.8 of ws', () => {
	const outcomes = [
		{ name: 'ours', samples: [sample(1)] },
		{ name: 'ws', samples: [sample(0.8)] },
	];
	const { table, faults } = resultTables(outcomes, rules, []);
	expect(table).toMatch(/^ours +1000 +1,000 +500 +80 MB$/m);
	expect(table).toMatch(/^ours \/ ws +0\.8 +1\.25 +≥ 0\.8: reached$/m);
	expect(faults).toEqual([]);
});

test.each([
	[{ messages: 999 }, 'read 999 messages of 1000'],
	[{ bytes: 99_999 }, 'read 99999 bytes of 100000'],
	[{ sent: 999 }, 'the server sent 999 messages instead of 1000'],
])('%j is a fault', (difference, fault) => {
	expect(rules.faults(sample(1, difference))).toEqual([fault]);
});
