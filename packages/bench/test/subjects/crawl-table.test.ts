import { expect, test } from 'vitest';
import type { Outcome } from '../../src/measure/rounds.ts';
import { type CrawlSample, crawlFaults, crawlTables } from '../../src/subjects/crawl-table.ts';

function sample(seconds: number, { pages = 100, items = 100, served = 101 } = {}): CrawlSample {
	return {
		answer: { pages, items, seconds },
		cpuSeconds: seconds * 2,
		maxRssBytes: 50e6,
		processSeconds: seconds + 1,
		served,
	};
}

const fast: Outcome<CrawlSample> = { name: 'fast', samples: [sample(1), sample(2), sample(4)] };
const slow: Outcome<CrawlSample> = { name: 'slow', samples: [sample(10), sample(10), sample(10)] };

test('a row tells medians and the range of the speed', () => {
	const { table, faults } = crawlTables([fast], [], 100, []);
	expect(table.split('\n').at(-1)).toMatch(/^fast +100 +50 \(25–100\) +2 +3 +4 +40 +50 MB$/);
	expect(faults).toEqual([]);
});

test('goals are judged by the median of the ratios of the rounds', () => {
	const comparisons = [
		{ numerator: 'fast', denominator: 'slow', goal: 5 },
		{ numerator: 'fast', denominator: 'slow', goal: 5.1 },
		{ numerator: 'slow', denominator: 'fast' },
		{ numerator: 'fast', denominator: 'absent', goal: 1 },
	];
	const { table, verdicts } = crawlTables([fast, slow], comparisons, 100, []);
	expect(verdicts.map(({ ratio, reached }) => [ratio.median, reached])).toEqual([
		[5, true],
		[5, false],
		[0.2, undefined],
	]);
	expect(verdicts[0]?.cpuRatio).toEqual({ median: 0.2, min: 0.1, max: 0.4 });
	expect(table).toMatch(/^fast \/ slow +5 \(2\.5–10\) +0\.2 \(0\.1–0\.4\) +≥ 5: reached$/m);
	expect(table).toMatch(/≥ 5\.1: not reached$/m);
	expect(table).toMatch(/^slow \/ fast +0\.2 \(0\.1–0\.4\) +5 \(2\.5–10\)$/m);
});

test.each([
	[{ pages: 99 }, 'fast, round 1: fetched 99 pages, the site has 100'],
	[{ pages: 101 }, 'fast, round 1: fetched 101 pages, the site has 100'],
	[{ items: 98 }, 'fast, round 1: kept 98 items, the site has 100 pages'],
	[{ served: 97 }, 'fast, round 1: the server answered only 97 requests'],
])('%j is a fault', (difference, fault) => {
	expect(crawlFaults({ name: 'fast', samples: [sample(1, difference)] }, 100)).toEqual([fault]);
});

test('who left something out, or failed on the way, is not compared', () => {
	const comparisons = [{ numerator: 'fast', denominator: 'slow', goal: 5 }];
	const lazy = { ...fast, samples: [sample(1), sample(1, { pages: 99 }), sample(1)] };
	expect(crawlTables([lazy, slow], comparisons, 100, []).verdicts).toEqual([]);
	const broken = { ...slow, failure: 'no disk' };
	expect(crawlTables([fast, broken], comparisons, 100, []).verdicts).toEqual([]);
});

test('who fails has a row without figures and a reason; who stays away is told but is no fault', () => {
	const broken: Outcome<CrawlSample> = { name: 'broken', samples: [], failure: 'no disk' };
	const { table, faults } = crawlTables([broken], [], 100, ['crawlee did not take part: no network']);
	expect(faults).toEqual(['broken failed: no disk']);
	expect(table).toMatch(/^broken +– +–/m);
	expect(table).toMatch(/crawlee did not take part: no network\nbroken failed: no disk$/);
});
