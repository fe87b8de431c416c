import { expect, test } from 'vitest';
import { parseTable } from '../../src/subjects/parse-table.ts';

const measured = (pages: number, msPerPage: number) => ({
	answer: { pages, links: pages * 60, msPerPage },
	cpuSeconds: 1,
	maxRssBytes: 80e6,
	processSeconds: 1,
});

test('a row tells links, time and memory', () => {
	const { table, faults } = parseTable([{ name: 'sax', samples: [measured(10, 0.2), measured(10, 0.4)] }], 10);
	expect(table.split('\n').at(-1)).toMatch(/^sax +60 +0\.3 \(0\.2–0\.4\) +80 MB$/);
	expect(faults).toEqual([]);
});

test('pages left out and failures are faults', () => {
	const outcomes = [
		{ name: 'sax', samples: [measured(9, 0.2)] },
		{ name: 'cheerio', samples: [], failure: 'out of memory' },
	];
	const { table, faults } = parseTable(outcomes, 10);
	expect(faults).toEqual(['sax parsed 9 pages of 10', 'cheerio failed: out of memory']);
	expect(table).toContain(faults.join('\n'));
});
