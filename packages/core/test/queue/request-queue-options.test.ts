import { expect, test } from 'vitest';
import { InvalidOptionError } from '../../src/errors.ts';
import { checkQueueOptions, type RequestQueueOptions } from '../../src/queue/request-queue-options.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';

test.each<[object, string]>([
	[{ maxActiveDomains: 0 }, 'maxActiveDomains must be a number of at least 1, got 0.'],
	[{ maxCrawlDelaySecs: -1 }, 'maxCrawlDelaySecs must be a number of at least 0, got -1.'],
	[{ maxCrawlDelaySecs: Number.NaN }, 'maxCrawlDelaySecs must be a number of at least 0, got NaN.'],
	[{ userAgent: 'a\nb' }, 'userAgent must be the text of a header line, got "a\\nb".'],
	[{ retry: { baseDelaySecs: '1' } }, 'retry.baseDelaySecs must be a number of at least 0, got 1.'],
	[{ retry: { maxDelaySecs: Number.NaN } }, 'retry.maxDelaySecs must be a number of at least 0, got NaN.'],
])('%o', (options, message) => {
	expect(() => checkQueueOptions(options as RequestQueueOptions)).toThrow(InvalidOptionError);
	expect(() => checkQueueOptions(options as RequestQueueOptions)).toThrow(message);
});

test('a store and a path at once', async () => {
	await using store = SqliteStore.open(':memory:');
	expect(() => checkQueueOptions({ store, storage: ':memory:' })).toThrow('storage and store cannot both be given');
});

test('what is left out is fine', () => {
	expect(() => checkQueueOptions({})).not.toThrow();
	expect(() => checkQueueOptions({ maxActiveDomains: 1, retry: { baseDelaySecs: 0 } })).not.toThrow();
});
