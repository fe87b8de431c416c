import { expect, it } from 'vitest';
import * as monitor from '../src/index.ts';

it('exports these names', () => {
	expect(Object.keys(monitor).sort()).toEqual([
		'COMMANDS',
		'CRAWL_STATUSES',
		'LATENCY_BOUNDS_MS',
		'LOG_LEVELS',
		'MOST_DOMAINS',
		'MOST_FAILURES',
		'MonitorError',
		'PROTOCOL_VERSION',
		'PUBLISH_PATH',
		'SIZE_BOUNDS_BYTES',
		'WATCH_PATH',
		'connectPublisher',
		'startMonitor',
	]);
});
