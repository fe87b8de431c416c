import { expect, test } from 'vitest';
import { crawlSettings, resumedSettings } from '../../src/crawl/crawl-settings.ts';
import { OptionValues } from '../../src/spec/option-values.ts';

test('of a resumed crawl are those it was begun with, at the pace that is asked for now', () => {
	const begun = crawlSettings(
		['https://example.com'],
		new OptionValues(
			new Map<string, string | number>([
				['delay', 1],
				['same', 'domain'],
				['concurrency', 3],
			]),
		),
	);
	expect(begun).toMatchObject({
		urls: ['https://example.com/'],
		same: 'domain',
		delaySecs: 1,
		concurrency: 3,
		ignoreRobots: false,
	});
	const stored = JSON.parse(JSON.stringify(begun)) as typeof begun;
	expect(resumedSettings(stored, new OptionValues(new Map([['delay', 2]])))).toMatchObject({
		same: 'domain',
		delaySecs: 2,
		concurrency: 3,
	});
});
