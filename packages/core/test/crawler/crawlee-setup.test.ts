import { expect, test } from 'vitest';
import { crawleeConfiguration, crawleeOptions } from '../../src/crawler/crawlee-setup.ts';
import { LeanEvents } from '../../src/crawler/lean-events.ts';
import { StorageHandle } from '../../src/storage/storage-handle.ts';

test('what is not given is left to Crawlee, what costs is off', () => {
	const options = crawleeOptions({});

	expect(Object.keys(options).sort()).toEqual([
		'autoscaledPoolOptions',
		'maxConcurrency',
		'minConcurrency',
		'respectRobotsTxtFile',
		'statisticsOptions',
		'useSessionPool',
	]);
	expect(options).toMatchObject({
		maxConcurrency: 64,
		useSessionPool: false,
		respectRobotsTxtFile: false,
		autoscaledPoolOptions: { desiredConcurrency: 64, maybeRunIntervalSecs: 0.05 },
		statisticsOptions: { persistenceOptions: { enable: false } },
	});
});

test('what is given reaches Crawlee, and its own options win over ours', () => {
	const handler = async (): Promise<void> => {};
	const options = crawleeOptions({
		router: handler,
		maxConcurrency: 5,
		maxRequestRetries: 7,
		keepAlive: true,
		respectRobotsTxtFile: true,
		autoscaledPoolOptions: { desiredConcurrency: 2 },
	});

	expect(options).toMatchObject({
		requestHandler: handler,
		maxConcurrency: 5,
		maxRequestRetries: 7,
		keepAlive: true,
		respectRobotsTxtFile: false,
		autoscaledPoolOptions: { desiredConcurrency: 2, maybeRunIntervalSecs: 0.05 },
	});
});

test('the configuration keeps storages in our file, and empties none', async () => {
	const configuration = crawleeConfiguration(new StorageHandle(':memory:'));

	expect(configuration.get('purgeOnStart')).toBe(false);
	expect(configuration.getEventManager()).toBeInstanceOf(LeanEvents);
	expect(configuration.getStorageClient().purge).toBeUndefined();
});
