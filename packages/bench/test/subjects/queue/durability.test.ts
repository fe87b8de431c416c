import { expect, test } from 'vitest';
import { durabilityTable } from '../../../src/subjects/queue/durability.ts';

test('a level that did not store all of its pages has no figures', () => {
	const facts = { cpuSeconds: 1, maxRssBytes: 1, processSeconds: 1 };
	const table = durabilityTable(
		[
			{ name: 'normal', samples: [{ ...facts, answer: { pages: 20, alone: 61.5, grouped: 1800 } }] },
			{ name: 'full', samples: [{ ...facts, answer: { pages: 19, alone: 50, grouped: 1500 } }] },
		],
		10,
	);
	expect(table).toMatch(/^normal +61\.5 +1,800$/m);
	expect(table).toMatch(/^full +– +–$/m);
});
