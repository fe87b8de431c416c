import { expect, test } from 'vitest';
import { historyText } from '../../src/inspect/history-text.ts';

test('tells all that is known', () => {
	const at = Date.UTC(2026, 0, 31, 12);
	const text = historyText({
		uniqueKey: 'k',
		url: 'http://a/x',
		method: 'GET',
		status: 'failed',
		priority: 0,
		crawlDepth: 2,
		addedAt: at,
		finishedAt: at + 5_000,
		tries: 2,
		failedAttempts: [{ at: at + 1_000, error: 'cut short' }],
		httpStatus: 500,
		error: 'broken',
		itemCount: 0,
		foundOn: ['http://a/y', 'http://a/'],
	});
	expect(text.split('\n')).toEqual([
		'http://a/x',
		'  state     failed (HTTP 500)',
		'  reason    broken',
		'  depth     2',
		'  added     2026-01-31 12:00:00 UTC',
		'  ended     2026-01-31 12:00:05 UTC',
		'  tries     2',
		'  rows      0 rows',
		'  failed    2026-01-31 12:00:01 UTC: cut short',
		'  The way to it, backwards:',
		'    http://a/y',
		'    http://a/',
	]);
});
