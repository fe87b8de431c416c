import { expect, it } from 'vitest';
import { monitoredHistory } from '../../src/numbers/crawl-monitor.ts';

it('tells a history as events, the oldest first', () => {
	const history = monitoredHistory('https://a.example/x', {
		uniqueKey: 'https://a.example/x',
		url: 'https://a.example/x',
		method: 'GET',
		status: 'failed',
		priority: 0,
		crawlDepth: 1,
		addedAt: 1,
		finishedAt: 9,
		tries: 2,
		failedAttempts: [{ at: 5, error: 'answered 503', httpStatus: 503 }],
		httpStatus: 404,
		error: 'answered 404',
		itemCount: 0,
		foundOn: ['https://a.example/list', 'https://a.example/'],
	});
	expect(history).toEqual({
		url: 'https://a.example/x',
		state: 'failed',
		foundOn: 'https://a.example/list',
		events: [
			{ time: 1, event: 'added' },
			{ time: 5, event: 'retried', text: 'answered 503', httpStatus: 503 },
			{ time: 9, event: 'failed', text: 'answered 404', httpStatus: 404 },
		],
	});
});

it('says of an unknown URL that it is not known', () => {
	expect(monitoredHistory('https://a.example/y', undefined)).toEqual({
		url: 'https://a.example/y',
		state: null,
		foundOn: null,
		events: [],
	});
});
