import { startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import { type CrawlerOptions, type EnqueueLinksOptions, EnqueueStrategy, type SkippedReason } from '../../src/index.ts';
import { testCrawler } from './crawl.ts';

const PAGE = `
	<nav><a href="/about" class="menu">About</a></nav>
	<main><a href="/p/1">1</a><a href="/p/2?utm_source=x">2</a><a href="/p/1#again">1</a></main>
	<a href="mailto:a@b.test">mail</a><a href="http://other.test/">other</a><a>none</a>`;

/** What `enqueueLinks` answered on the page, what it would crawl, and what it told of the rest. */
async function enqueue(options?: EnqueueLinksOptions, crawlerOptions: CrawlerOptions = {}, html = PAGE) {
	await using site = await startServer({ '/': html });
	const skipped: [string, SkippedReason][] = [];
	const withSite = (text: string): string => text.replaceAll('SITE', site.url);
	const given = options && (JSON.parse(withSite(JSON.stringify(options))) as EnqueueLinksOptions);
	let answer: { wasAlreadyPresent: boolean; uniqueKey: string }[] = [];
	let failure: unknown;
	const crawler = testCrawler({
		maxRequestsPerCrawl: 1,
		maxRequestRetries: 0,
		onSkippedRequest: ({ url, reason }) => skipped.push([url.replace(site.url, ''), reason]),
		...crawlerOptions,
		requestHandler: async ({ enqueueLinks }) => {
			const { transformRequestFunction, regexps, exclude } = options ?? {};
			const functions = {
				...(transformRequestFunction && { transformRequestFunction }),
				...(regexps && { regexps }),
				...(exclude && { exclude }),
			};
			try {
				answer = (await enqueueLinks(options && { ...given, ...functions })).processedRequests;
			} catch (error) {
				failure = error;
			}
		},
	});
	await crawler.run([{ url: `${site.url}/`, crawlDepth: 1 }]);
	if (failure !== undefined) throw failure;
	return { keys: answer.map(({ uniqueKey }) => uniqueKey.replace(site.url, '')), answer, skipped, crawler };
}

describe('which links', () => {
	test('by default those of the same host, each once, by their normalised address', async () => {
		const { keys, answer, skipped, crawler } = await enqueue();

		expect(keys).toEqual(['/about', '/p/1', '/p/2']);
		expect(answer.every(({ wasAlreadyPresent }) => !wasAlreadyPresent)).toBe(true);
		expect(skipped).toEqual([['http://other.test/', 'filters']]);
		expect(crawler.counts().waiting).toBe(3);
	});

	test('those that a selector finds', async () => {
		const { keys, answer } = await enqueue({ selector: 'main a' });
		expect(keys).toEqual(['/p/1', '/p/2', '/p/1']);
		expect(answer.map(({ wasAlreadyPresent }) => wasAlreadyPresent)).toEqual([false, false, true]);
		expect((await enqueue({ selector: '.menu' })).keys).toEqual(['/about']);
	});

	test('those that are given', async () => {
		const { keys } = await enqueue({ urls: ['/x', '//other.test/', 'SITE/y#z', 'javascript:1', '/x'] });
		expect([...new Set(keys)]).toEqual(['/x', '/y']);
	});

	test('relative to another base', async () => {
		const { keys } = await enqueue({ baseUrl: 'SITE/deep/er/' }, {}, '<a href="x">x</a>');
		expect(keys).toEqual(['/deep/er/x']);
	});

	test('relative to the base of the page', async () => {
		expect((await enqueue({}, {}, '<base href="/base/"><a href="x">x</a>')).keys).toEqual(['/base/x']);
	});

	test('on a page that was not fetched there are none', async () => {
		await using site = await startServer({});
		const crawler = testCrawler({
			maxRequestRetries: 0,
			requestHandler: async ({ enqueueLinks }) => {
				await enqueueLinks({ urls: ['/x'], limit: 0 });
				await enqueueLinks();
			},
		});
		await crawler.run([{ url: site.url, skipNavigation: true }]);
		expect((await crawler.failedRequests())[0]?.error).toBe(
			'enqueueLinks has no page to take links from; give it `urls`.',
		);
	});
});

describe('filters', () => {
	test('globs and regexps, any of them', async () => {
		expect((await enqueue({ globs: ['**/p/*'] })).keys).toEqual(['/p/1', '/p/2']);
		expect((await enqueue({ globs: [{ glob: '**/p/1' }], regexps: [/about$/] })).keys).toEqual(['/about', '/p/1']);
	});

	test('patterns without a strategy reach other sites; with one they do not', async () => {
		expect((await enqueue({ globs: ['http://other.test/**'] })).keys).toEqual(['http://other.test/']);
		const strict = await enqueue({ globs: ['http://other.test/**'], strategy: 'same-hostname' });
		expect(strict.keys).toEqual([]);
	});

	test('exclude wins', async () => {
		const { keys, skipped } = await enqueue({ exclude: [/\/p\//, '**/nothing'] });
		expect(keys).toEqual(['/about']);
		expect(skipped).toContainEqual(['/p/1', 'filters']);
	});

	const HOSTS = `<a href="http://127.0.0.1:1/">port</a><a href="http://sub.localhost/">sub</a><a href="/x">own</a>`;
	test.each([
		['same-hostname', ['/x']],
		['same-origin', ['/x']],
		['same-domain', ['/x']],
		['all', ['http://127.0.0.1:1/', 'http://sub.localhost/', '/x']],
	] as const)('strategy %s', async (strategy, keys) => {
		expect((await enqueue({ strategy }, {}, HOSTS)).keys).toEqual(keys);
	});

	test("Crawlee's EnqueueStrategy works as well, and what is none is named", async () => {
		expect((await enqueue({ strategy: EnqueueStrategy.All }, {}, HOSTS)).keys).toHaveLength(3);
		await expect(enqueue({ strategy: 'nearby' as never })).rejects.toThrow('one of all, same-hostname');
	});

	test('limit counts what is new, and tells of the rest', async () => {
		const { keys, skipped } = await enqueue({ limit: 2 });
		expect(keys).toEqual(['/about', '/p/1']);
		expect(skipped).toEqual([
			['/p/2?utm_source=x', 'enqueueLimit'],
			['http://other.test/', 'filters'],
		]);
	});

	test('limit does not count what the page has twice', async () => {
		const { crawler } = await enqueue({ urls: ['/1', '/1#x', '/1?utm_medium=y', '/2', '/3'], limit: 2 });
		expect(crawler.counts().waiting).toBe(2);
	});

	test('maxCrawlDepth', async () => {
		const { keys, skipped } = await enqueue({}, { maxCrawlDepth: 1 });
		expect(keys).toEqual([]);
		expect(skipped.map(([, reason]) => reason)).toEqual(['depth', 'depth', 'depth', 'depth']);
		expect((await enqueue({}, { maxCrawlDepth: 2 })).keys).toHaveLength(3);
	});
});

describe('what becomes of them', () => {
	test('label, userData and transformRequestFunction reach the handler', async () => {
		await using site = await startServer({ '/': '<a href="/1">1</a><a href="/2">2</a><a href="/3">3</a>', '/*': 'x' });
		const seen: unknown[] = [];
		const crawler = testCrawler({
			requestHandler: async ({ request, enqueueLinks }) => {
				if (request.crawlDepth > 0) {
					seen.push([new URL(request.url).pathname, request.label, request.userData.n, request.headers?.['x-own']]);
					return;
				}
				await enqueueLinks({
					label: 'link',
					userData: { n: 7 },
					transformRequestFunction: (made) => {
						if (made.url.endsWith('/2')) return false;
						made.headers = { 'x-own': 'yes' };
						if (made.url.endsWith('/3')) made.label = 'third';
						return made;
					},
				});
			},
		});

		await crawler.run([site.url]);

		expect(seen.sort()).toEqual([
			['/1', 'link', 7, 'yes'],
			['/3', 'third', 7, 'yes'],
		]);
	});

	test('a link that is known already is answered as present, and not enqueued again', async () => {
		await using site = await startServer({ '/': '<a href="/">self</a><a href="/1">1</a>' });
		const answers: unknown[] = [];
		const crawler = testCrawler({
			maxRequestsPerCrawl: 1,
			requestHandler: async ({ enqueueLinks }) => {
				const { processedRequests } = await enqueueLinks();
				answers.push(processedRequests.map(({ wasAlreadyPresent }) => wasAlreadyPresent));
			},
		});
		await crawler.run([`${site.url}/`]);
		expect(answers).toEqual([[true, false]]);
	});

	test("its own onSkippedRequest is called after the crawler's, and is waited for", async () => {
		await using site = await startServer({ '/': PAGE });
		const calls: string[] = [];
		const crawler = testCrawler({
			maxRequestsPerCrawl: 1,
			onSkippedRequest: () => calls.push('crawler'),
			requestHandler: async ({ enqueueLinks }) => {
				await enqueueLinks({
					onSkippedRequest: async () => {
						calls.push('call');
						await new Promise((resolve) => setTimeout(resolve, 10));
						calls.push('done');
					},
				});
				calls.push('after');
			},
		});
		await crawler.run([site.url]);
		expect(calls).toEqual(['crawler', 'call', 'done', 'after']);
	});
});
