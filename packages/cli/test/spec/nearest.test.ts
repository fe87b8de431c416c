import { expect, test } from 'vitest';
import { nearest } from '../../src/spec/nearest.ts';

const NAMES = ['crawl', 'resume', 'retry-failed', 'status', 'max-pages', 'max-depth'];

test.each([
	['crwal', 'crawl'],
	['stat', 'status'],
	['max-page', 'max-pages'],
	['Retry-faild', 'retry-failed'],
	['xyzzy', undefined],
	['', undefined],
])('%j means %j', async (given, name) => {
	expect(await nearest(given, NAMES)).toBe(name);
});
