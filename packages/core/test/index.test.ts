import { expect, test } from 'vitest';
import * as core from '../src/index.ts';

test('the public names', () => {
	expect(Object.keys(core).sort()).toEqual([
		'Crawler',
		'CriticalError',
		'DEFAULT_DOMAIN_LIMITS',
		'DEFAULT_RETRY',
		'DEFAULT_USER_AGENT',
		'Dataset',
		'EnqueueStrategy',
		'HttpStatusError',
		'InvalidOptionError',
		'KeyValueStore',
		'LogLevel',
		'MissingRouteError',
		'NonRetryableError',
		'OrbweaverError',
		'ProxyConfiguration',
		'Request',
		'RequestQueue',
		'RetryRequestError',
		'RobotsUnavailableError',
		'Session',
		'SessionError',
		'SqliteStore',
		'StorageError',
		'TimeoutError',
		'UnsupportedContentTypeError',
		'createRouter',
		'decideRetry',
		'duration',
		'log',
		'openStorageClient',
		'parseRobots',
		'showProgress',
	]);
});
