import { setTimeout as sleep } from 'node:timers/promises';
import { startManyDomains, startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import { decideRedirect } from '../../src/crawler/redirects.ts';
import type { CrawlerOptions, LeasedRequest, RequestData } from '../../src/index.ts';
import { Request } from '../../src/index.ts';
import { UrlKeys } from '../../src/queue/url-keys.ts';
import { rowsOf, testCrawler } from './crawl.ts';

describe('decideRedirect', () => {
	const decide = (
		given: Partial<LeasedRequest>,
		target: { url: string; method?: string; dropBody?: boolean },
		options: Partial<Parameters<typeof decideRedirect>[3]> = {},
	) => {
		const leased: LeasedRequest = {
			id: 7,
			uniqueKey: 'http://a.test/',
			url: 'http://a.test/',
			domain: 'a.test',
			method: 'GET',
			priority: 3,
			crawlDepth: 2,
			retryCount: 1,
			label: 'product',
			...given,
		};
		const request = new Request({ url: leased.data?.redirectedFrom?.[0] ?? leased.url });
		const common = { maxRedirects: 3, hasNewCookie: false, sessionId: undefined, keys: new UrlKeys() };
		return decideRedirect(leased, request, { method: 'GET', dropBody: false, ...target }, { ...common, ...options });
	};
	/** The data of the request that follows. */
	const dataAfter = (data: RequestData, target: Parameters<typeof decide>[1]): RequestData | undefined => {
		const decision = decide({ data }, target);
		return decision.kind === 'follow' ? decision.next.data : undefined;
	};

	test('the next hop is a request of its own, with what the first one was', () => {
		expect(decide({}, { url: 'http://b.test/x?b=1&a=2#part' })).toEqual({
			kind: 'follow',
			next: {
				uniqueKey: 'http://b.test/x?a=2&b=1',
				url: 'http://b.test/x?b=1&a=2',
				domain: 'b.test',
				method: 'GET',
				label: 'product',
				priority: 3,
				crawlDepth: 2,
				data: { redirectedFrom: ['http://a.test/'], enqueueStrategy: 'all' },
				parentId: 7,
			},
		});
	});

	test('a link is not led off its host, unless its strategy says so', () => {
		const away = { url: 'http://b.test/' };

		expect(decide({ parentId: 1 }, away)).toEqual({ kind: 'skip' });
		expect(decide({ parentId: 1, data: { enqueueStrategy: 'all' } }, away).kind).toBe('follow');
		expect(decide({ parentId: 1, data: { enqueueStrategy: 'same-domain' } }, { url: 'http://x.a.test/' }).kind).toBe(
			'follow',
		);
		expect(decide({ parentId: 1, data: { enqueueStrategy: 'same-origin' } }, { url: 'https://a.test/' }).kind).toBe(
			'skip',
		);
	});

	test('too many hops, and hops in a circle, end it', () => {
		const redirectedFrom = ['http://a.test/1', 'http://a.test/2', 'http://a.test/3'];

		expect(() => decide({ data: { redirectedFrom } }, { url: 'http://a.test/5' })).toThrow(
			'http://a.test/1 was redirected more than 3 times, last to http://a.test/5.',
		);
		expect(() => decide({ data: { redirectedFrom: ['http://a.test/1'] } }, { url: 'http://a.test/1#x' })).toThrow(
			'http://a.test/1 is redirected in a circle, back to http://a.test/1.',
		);
		expect(() => decide({}, { url: 'http://a.test/1' }, { maxRedirects: 0 })).toThrow('more than 0 times');
	});

	test('the same address again is no circle when it has just set a cookie', () => {
		expect(decide({}, { url: 'http://a.test/' }, { hasNewCookie: true, sessionId: 's1' })).toEqual({
			kind: 'again',
			data: { redirectedFrom: ['http://a.test/'], sessionId: 's1' },
		});
		expect(() => decide({}, { url: 'http://a.test/' })).toThrow('in a circle');
	});

	test('payload and its headers go along only when the method stays', () => {
		const data = { payload: 'a=1', headers: { 'Content-Type': 'text/x', 'content-length': '3', accept: '*/*' } };

		expect(dataAfter(data, { url: 'http://a.test/x', method: 'POST' })).toMatchObject(data);
		const got = dataAfter(data, { url: 'http://a.test/x', dropBody: true });
		expect(got?.payload).toBeUndefined();
		expect(got?.headers).toEqual({ accept: '*/*' });
	});

	test('headers that may be secret do not go to another origin', () => {
		const headers = {
			Authorization: 'Bearer x',
			'X-Api-Key': 'k',
			cookie: 'c=1',
			Host: 'a.test',
			'Accept-Language': 'de',
		};

		expect(dataAfter({ headers }, { url: 'http://a.test/x' })?.headers).toEqual({
			Authorization: 'Bearer x',
			'X-Api-Key': 'k',
			cookie: 'c=1',
			'Accept-Language': 'de',
		});
		for (const url of ['http://b.test/', 'https://a.test/', 'http://a.test:8080/']) {
			expect(dataAfter({ headers }, { url })?.headers).toEqual({ 'Accept-Language': 'de' });
		}
		expect(dataAfter({ headers: { cookie: 'c=1' } }, { url: 'http://b.test/' })).not.toHaveProperty('headers');
	});
});

/** What the handler saw: the address asked for, the one that answered. */
const options: CrawlerOptions = {
	requestHandler: async ({ request, response, pushData }) => {
		await pushData({ url: request.url, loadedUrl: request.loadedUrl, responseUrl: response.url, label: request.label });
	},
};

describe('in a crawl', () => {
	test('a page keeps the name it was asked for by, whatever way it took', async () => {
		await using site = await startServer({
			'/dir/old': { status: 301, headers: { location: '../new?q=1#top' } },
			'/new': { status: 308, headers: { location: '/newer' } },
			'/newer': '<p>here</p>',
		});
		const crawler = testCrawler(options);

		const statistics = await crawler.run([{ url: `${site.url}/dir/old`, label: 'old' }]);

		expect(await rowsOf(crawler)).toEqual([
			{ url: `${site.url}/dir/old`, loadedUrl: `${site.url}/newer`, responseUrl: `${site.url}/newer`, label: 'old' },
		]);
		expect(site.log.requests.map(({ url }) => url)).toEqual(['/dir/old', '/new?q=1', '/newer']);
		expect(statistics).toMatchObject({ requestsFinished: 1, requestsTotal: 1, retryHistogram: [1] });
		expect(crawler.counts()).toMatchObject({ handled: 1, redirected: 2 });
	});

	test('a target that is known already is not fetched a second time', async () => {
		await using site = await startServer({
			'/a': { status: 302, headers: { location: '/target' } },
			'/b': { status: 302, headers: { location: '/target' } },
			'/target': '<p>here</p>',
		});
		const crawler = testCrawler({ ...options, maxConcurrency: 1 });

		await crawler.run(['/target', '/a', '/b'].map((path) => site.url + path));

		expect(site.log.hits('/target')).toBe(1);
		expect(await rowsOf(crawler)).toHaveLength(1);
	});

	test('each hop waits for its turn in the lane of its domain', async () => {
		await using second = await startServer({ '/end': '<p>end</p>', '/other': '<p>other</p>' });
		await using first = await startServer({
			'/1': { status: 302, headers: { location: '/2' } },
			'/2': { status: 302, headers: { location: '/3' } },
			'/3': { status: 302, headers: { location: `${second.url}/end` } },
			'/*': '<p>page</p>',
		});
		const crawler = testCrawler({ ...options, domainLimits: { minTime: 60 } });

		await crawler.run([`${first.url}/1`, `${second.url}/other`, `${first.url}/x`]);

		expect(first.log.hits()).toBe(4);
		expect(second.log.hits()).toBe(2);
		expect(first.log.minGapMs()).toBeGreaterThanOrEqual(55);
		expect(second.log.minGapMs()).toBeGreaterThanOrEqual(55);
	});

	test('loops, endless chains and targets that are no pages fail the page without a retry', async () => {
		await using site = await startServer({
			'/loop': { status: 302, headers: { location: '/back' } },
			'/back': { status: 302, headers: { location: '/loop' } },
			'/self': { status: 302, headers: { location: '/self' } },
			'/file': { status: 302, headers: { location: 'file:///etc/passwd' } },
			'/mail': { status: 302, headers: { location: 'mailto:a@b.test' } },
			'/bad': { status: 302, headers: { location: 'http://[' } },
			'/chain*': (_, response, url) => {
				response.writeHead(302, { location: `/chain${Number(url.pathname.slice(6)) + 1}` }).end();
			},
		});
		const crawler = testCrawler({ ...options, maxRedirects: 4 });
		const paths = ['/loop', '/self', '/file', '/mail', '/bad', '/chain0'];

		const { requestsFailed } = await crawler.run(paths.map((path) => site.url + path));

		expect(requestsFailed).toBe(6);
		const errors = (await crawler.failedRequests()).map(({ error }) => error.replaceAll(site.url, '')).sort();
		expect(errors).toEqual([
			'/chain0 was redirected more than 4 times, last to /chain5.',
			'/loop is redirected in a circle, back to /loop.',
			'/self is redirected in a circle, back to /self.',
			'GET /bad redirects to "http://[", which is not a URL.',
			'GET /file redirects to "file:///etc/passwd", which is not http(s).',
			'GET /mail redirects to "mailto:a@b.test", which is not http(s).',
		]);
		expect(Math.max(...site.log.counts().values())).toBe(1);
	});

	test('a 302 without a Location is a page, with its body', async () => {
		await using site = await startServer({ '/': { status: 302, body: 'Guess where' } });
		const bodies: unknown[] = [];
		const crawler = testCrawler({ requestHandler: ({ body, response }) => bodies.push([response.statusCode, body]) });

		await crawler.run([site.url]);

		expect(bodies).toEqual([[302, 'Guess where']]);
	});

	test('a POST becomes a GET after 303, and stays one with its payload after 307', async () => {
		await using site = await startServer({
			'/see': { status: 303, headers: { location: '/seen' } },
			'/keep': { status: 307, headers: { location: '/kept' } },
			'/*': '<p>page</p>',
		});
		const crawler = testCrawler(options);

		await crawler.run(['/see', '/keep'].map((path) => ({ url: site.url + path, method: 'POST', payload: 'a=1' })));

		const seen = site.log.requests.map(({ method, url, headers }) => [method, url, headers['content-length']]);
		expect(seen.sort()).toEqual(
			[
				['GET', '/seen', undefined],
				['POST', '/kept', '3'],
				['POST', '/keep', '3'],
				['POST', '/see', '3'],
			].sort(),
		);
	});

	test('a link that is redirected to another host is skipped and told, a seed is not', async () => {
		await using domains = await startManyDomains({ domains: 1, pagesPerDomain: 1 });
		const elsewhere = domains.pages[0] as string;
		await using site = await startServer({
			'/': '<a href="/out">out</a>',
			'/globs': '<a href="/out2">out</a>',
			'/*': { status: 302, headers: { location: elsewhere } },
		});
		const skipped: unknown[] = [];
		const crawler = testCrawler({
			onSkippedRequest: (what) => skipped.push(what),
			requestHandler: async ({ request, enqueueLinks }) => {
				if (request.url.endsWith('/globs')) await enqueueLinks({ globs: [`${site.url}/**`] });
				else await enqueueLinks();
			},
		});

		await crawler.run([`${site.url}/`]);
		expect(skipped).toEqual([{ url: `${site.url}/out`, reason: 'redirect' }]);
		expect(domains.log.hits()).toBe(0);

		await crawler.run([`${site.url}/globs`]);
		expect(domains.log.hits()).toBe(1);
		expect(skipped).not.toContainEqual({ url: `${site.url}/out2`, reason: 'redirect' });
	});

	test('a page that a redirect reaches first is still handled as the label of its link says', async () => {
		await using site = await startServer({
			'/': '<a href="/old">old</a><a href="/list">list</a>',
			'/old': { status: 301, headers: { location: '/p/1' } },
			'/list': '<a href="/list/2">more</a>',
			'/list/2': '<a href="/p/1">one</a><a href="/p/2">two</a>',
			'/p/1': '<p>one</p>',
			'/p/2': '<p>two</p>',
		});
		const handled: [string, string | undefined][] = [];
		const crawler = testCrawler({
			maxConcurrency: 1,
			requestHandler: async ({ request, enqueueLinks }) => {
				handled.push([new URL(request.loadedUrl ?? '').pathname, request.label]);
				await enqueueLinks({ globs: ['**/p/*'], label: 'product' });
				await enqueueLinks({ exclude: ['**/p/*'] });
			},
		});

		await crawler.run([`${site.url}/`]);
		expect(handled.filter(([, label]) => label === 'product').toSorted()).toEqual([
			['/p/1', 'product'],
			['/p/2', 'product'],
		]);
		// The redirect was faster: this is what the test is about.
		expect(handled).toContainEqual(['/p/1', undefined]);
		expect(site.log.hits('/p/1')).toBe(2);
	});

	test.each([0, 500])('a label follows the redirects that its page goes on with (%i ms each)', async (delayMs) => {
		const to: Record<string, string> = { '/a': '/b', '/b': '/c' };
		await using site = await startServer(async (_, response, { pathname }) => {
			await sleep(pathname === '/list' ? 150 : delayMs);
			const location = to[pathname];
			if (location === undefined) response.setHeader('content-type', 'text/html').end('<p>page</p>');
			else response.writeHead(302, { location }).end();
		});
		const handled: [string, string | undefined][] = [];
		const crawler = testCrawler({
			requestHandler: async ({ request, enqueueLinks }) => {
				handled.push([new URL(request.loadedUrl ?? '').pathname, request.label]);
				if (request.url.endsWith('/list')) await enqueueLinks({ urls: ['/b'], label: 'DETAIL' });
			},
		});

		await crawler.run([`${site.url}/a`, `${site.url}/list`]);
		expect(handled).toContainEqual(['/c', 'DETAIL']);
	});

	test('a cookie wall is passed with a session, and is a circle without one', async () => {
		await using site = await startServer((request, response) => {
			if (request.headers.cookie === 'seen=1') response.end('<p>welcome</p>');
			else response.writeHead(302, { location: '/', 'set-cookie': 'seen=1; Path=/' }).end();
		});

		const crawler = testCrawler({ ...options, useSessionPool: true });
		expect(await crawler.run([`${site.url}/`])).toMatchObject({ requestsFinished: 1, requestsTotal: 1 });
		expect(site.log.hits()).toBe(2);
		const without = testCrawler(options);
		expect((await without.run([`${site.url}/`])).requestsFailed).toBe(1);
	});
});
