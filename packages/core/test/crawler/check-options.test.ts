import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Crawler, InvalidOptionError, RequestQueue } from '../../src/index.ts';
import { tempFolder } from './crawl.ts';

/** What the constructor says to these options. */
function complaint(options: unknown): string {
	try {
		new Crawler(options as never);
	} catch (error) {
		if (error instanceof InvalidOptionError) return error.message;
		throw error;
	}
	return 'nothing';
}

describe('a misspelt option is named together with the nearest one', () => {
	test.each([
		['maxConcurency', 'maxConcurrency'],
		['requesthandler', 'requestHandler'],
		['sameDomainDelay', 'sameDomainDelaySecs'],
		['maxRequestPerCrawl', 'maxRequestsPerCrawl'],
		['navigationTimeout', 'navigationTimeoutSecs'],
		['toString', 'storage'],
	])('%s', (name, nearest) => {
		expect(complaint({ [name]: 1 })).toBe(
			`The crawler has no option ${name}; did you mean ${nearest}? CrawlerOptions lists them all.`,
		);
	});
});

describe("an option of Crawlee's that is not ours says what to use instead", () => {
	test.each([
		['requestList', 'crawler.addRequests()'],
		['requestManager', 'requestQueue'],
		['httpClient', 'proxyConfiguration'],
		['retryOnBlocked', 'SessionError'],
		['handlePageFunction', 'requestHandler'],
		['preNavigationHooks', 'transformRequestFunction'],
		['postNavigationHooks', 'requestHandler'],
		['ignoreSslErrors', 'not fetched'],
		['forceResponseEncoding', 'as browsers find it'],
	])('%s', (name, instead) => {
		const message = complaint({ [name]: {} });
		expect(message).toMatch(`The crawler has no option ${name}; `);
		expect(message).toContain(instead);
	});
});

describe('a value that cannot be is named with its option', () => {
	test.each([
		[{ maxConcurrency: 0 }, 'maxConcurrency must be a whole number of at least 1, got 0.'],
		[{ maxConcurrency: 2.5 }, 'maxConcurrency must be a whole number of at least 1, got 2.5.'],
		[
			{ maxConcurrency: Number.POSITIVE_INFINITY },
			'maxConcurrency must be a whole number of at least 1, got Infinity.',
		],
		[{ maxConcurrency: '5' }, "maxConcurrency must be a whole number of at least 1, got '5'."],
		[{ minConcurrency: 9, maxConcurrency: 3 }, 'minConcurrency must not be above maxConcurrency, got 9 and 3.'],
		[{ maxBodyBytes: Number.NaN }, 'maxBodyBytes must be a whole number of at least 1, got NaN.'],
		[{ maxRequestRetries: -1 }, 'maxRequestRetries must be a whole number of at least 0, got -1.'],
		[{ sameDomainDelaySecs: -0.5 }, 'sameDomainDelaySecs must be a number of at least 0, got -0.5.'],
		[{ navigationTimeoutSecs: Number.NaN }, 'navigationTimeoutSecs must be a number of at least 0.001, got NaN.'],
		[{ maxCrawlDepth: null }, 'maxCrawlDepth must be a whole number of at least 0, got null.'],
		[{ maxRedirects: 3n }, 'maxRedirects must be a whole number of at least 0, got 3n.'],
		[{ requestHandler: 'parse' }, "requestHandler must be a function, got 'parse'."],
		[{ storage: 5 }, 'storage must be a string, got 5.'],
		[{ name: '' }, 'name must not be empty; leave it out for the default.'],
		[{ keepAlive: 'yes' }, "keepAlive must be true or false, got 'yes'."],
		[{ respectRobotsTxtFile: 1 }, 'respectRobotsTxtFile must be true, false or an object, got 1.'],
		[{ additionalMimeTypes: 'text/plain' }, "additionalMimeTypes must be a list of strings, got 'text/plain'."],
		[{ retry: null }, 'retry must be an object, got null.'],
		[{ retry: { baseDelaySecs: -1 } }, 'retry.baseDelaySecs must be a number of seconds of at least 0, got -1.'],
		[{ retry: { delay: 1 } }, 'retry has no option delay; it has baseDelaySecs, maxDelaySecs, maxRetryAfterSecs.'],
		[{ userAgent: 'Bot\r\nX-Evil: 1' }, "userAgent must be the text of a header line, got 'Bot\\r\\nX-Evil: 1'."],
	])('%o', (options, message) => {
		expect(complaint(options)).toBe(message);
	});

	test('in the limits of a domain', () => {
		expect(complaint({ domainLimits: { overrides: { 'a.test': { minTime: -1 } } } })).toMatch(
			/^domainLimits\.overrides\["a\.test"\]\.minTime must be .* got -1\.$/,
		);
	});

	test('in the rules of URLs', () => {
		expect(complaint({ urlRules: { trailingSlash: 'sometimes' } })).toMatch(
			/^urlRules cannot be used: .*trailingSlash/,
		);
	});
});

test('what belongs to a queue of the caller is refused beside it', async () => {
	await using requestQueue = new RequestQueue({ storage: ':memory:', respectRobotsTxtFile: false });

	expect(complaint({ requestQueue, sameDomainDelaySecs: 5 })).toBe(
		'sameDomainDelaySecs has no effect on a requestQueue of your own; give it to the RequestQueue.',
	);
	expect(complaint({ requestQueue, resume: false })).toContain('call its drop() before the crawl');
	expect(complaint({ requestQueue, maxConcurrency: 5 })).toBe('nothing');
});

test.each([
	[{ durability: 'paranoid' }, "durability must be 'normal' or 'full', got 'paranoid'."],
	[{ resume: 'yes' }, "resume must be true, false or 'ask', got 'yes'."],
	[{ itemSchema: { DETAIL: 5 } }, 'itemSchema must be a schema, or an object with a schema for each label'],
	[{ output: '' }, 'output must not be empty'],
	[{ stopGraceSecs: -1 }, 'stopGraceSecs must be a number of at least 0, got -1.'],
])('%j', (options, message) => {
	expect(complaint(options)).toContain(message);
});

test('no option that is wrong, and no right one either, makes the constructor touch a file', async () => {
	const storage = join(await tempFolder(), 'folder', 'crawl.sqlite');

	expect(complaint({ storage, domainLimits: { maxConcurrent: 0 } })).toContain('domainLimits.maxConcurrent');
	expect(complaint({ storage, urlRules: { fragment: 5 } })).toContain('urlRules');
	expect(complaint({ storage })).toBe('nothing');

	expect(existsSync(join(storage, '..'))).toBe(false);
});
