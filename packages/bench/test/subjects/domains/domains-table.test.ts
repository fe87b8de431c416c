import { expect, test } from 'vitest';
import type { Outcome } from '../../../src/measure/rounds.ts';
import { type DomainsSample, domainsTables } from '../../../src/subjects/domains/domains-table.ts';

const work = { domains: 10, pagesPerDomain: 10, minTimeMs: 100 };

function sample(seconds: number, { pages = 100, items = 100, requests = 100, meanGap = 100 } = {}): DomainsSample {
	return {
		answer: { pages, items, seconds },
		cpuSeconds: 1,
		maxRssBytes: 50e6,
		processSeconds: seconds + 1,
		seen: { requests, smallestMeanGapMs: meanGap, smallestGapMs: 97.5 },
	};
}

const outcome = (name: string, ...samples: DomainsSample[]): Outcome<DomainsSample> => ({ name, samples });

test('the share is that of what limits and machine allow, round by round', () => {
	const unlimited = outcome('ours-unlimited', sample(0.5), sample(2), sample(0.5));
	const { text, faults } = domainsTables([outcome('ours', sample(1.25), sample(2), sample(1)), unlimited], work, []);
	expect(faults).toEqual([]);
	expect(text).toContain('share of the ideal rate: 1 (0.8–1), goal ≥ 0.9: reached');
});

test('without the crawl that has no limits nobody knows what the machine allows', () => {
	expect(domainsTables([outcome('ours', sample(1))], work, []).text).not.toContain('share');
});

test.each([
	[{ pages: 99 }, 'ours, round 1: fetched 99 pages, there are 100'],
	[{ items: 99 }, 'ours, round 1: kept 99 items of 100 pages'],
	[{ requests: 101 }, 'ours, round 1: the domains were asked for 101 pages'],
	[{ meanGap: 99.5 }, 'ours, round 1: a domain was asked every 99.5 ms, its limit is 100 ms'],
])('%j is a fault', (difference, fault) => {
	const unlimited = outcome('ours-unlimited', sample(1, { meanGap: 1 }));
	const { text, faults } = domainsTables([outcome('ours', sample(1, difference)), unlimited], work, ['a remark']);
	expect(faults).toEqual([fault]);
	expect(text).toContain(`a remark\n${fault}`);
	expect(text).not.toContain('share');
});
