import { startServer, type TestServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import type { Crawler, CrawlerContext, CrawlerOptions } from '../../src/index.ts';
import { testCrawler } from './crawl.ts';

/** Crawls `paths`; answers what was handled and the errors of the others. */
async function crawl(site: TestServer, paths: readonly string[], options: CrawlerOptions = {}) {
	const handled: { path: string; status: number; type: string; body: CrawlerContext['body'] }[] = [];
	const crawler: Crawler = testCrawler({
		...options,
		requestHandler: ({ request, response, contentType, body }) => {
			handled.push({ path: new URL(request.url).pathname, status: response.statusCode, type: contentType.type, body });
		},
	});
	await crawler.run(paths.map((path) => site.url + path));
	const failed = await crawler.failedRequests();
	return { handled, errors: failed.map(({ error }) => error.replaceAll(site.url, '')), crawler };
}

const statuses: Parameters<typeof startServer>[0] = (_, response, url) => {
	response.statusCode = Number(url.pathname.slice(1));
	response.setHeader('content-type', 'text/html');
	response.end('<p>body</p>');
};

describe('statuses', () => {
	test.each([400, 401, 403, 404, 410, 418, 451, 501, 505])('%i fails and is not tried again', async (status) => {
		await using site = await startServer(statuses);
		const { handled, errors } = await crawl(site, [`/${status}`]);

		expect(handled).toEqual([]);
		expect(errors[0]).toMatch(new RegExp(`^/${status} answered ${status}`));
		expect(site.log.hits()).toBe(1);
	});

	test.each([408, 425, 500, 502, 504, 599])('%i is tried again', async (status) => {
		await using site = await startServer(statuses);
		await crawl(site, [`/${status}`], { maxRequestRetries: 2 });

		expect(site.log.hits()).toBe(3);
	});

	test('200, 201, 203, 206, 300 and 304 are pages', async () => {
		await using site = await startServer(statuses);
		const { handled } = await crawl(site, ['/200', '/201', '/203', '/206', '/300', '/304']);

		expect(handled.map(({ status }) => status).sort()).toEqual([200, 201, 203, 206, 300, 304]);
		expect(handled.find(({ status }) => status === 300)?.body).toBe('<p>body</p>');
	});

	test('ignored ones are pages with their body, added ones are errors', async () => {
		await using site = await startServer(statuses);
		const { handled, errors } = await crawl(site, ['/404', '/503', '/203'], {
			ignoreHttpErrorStatusCodes: [404, 503],
			additionalHttpErrorStatusCodes: [203],
		});

		expect(handled.map(({ status, body }) => [status, body]).sort()).toEqual([
			[404, '<p>body</p>'],
			[503, '<p>body</p>'],
		]);
		expect(errors).toEqual(['/203 answered 203 Non-Authoritative Information.']);
	});

	test('a status that is no page of its own has no body to it', async () => {
		await using site = await startServer({ '/none': { status: 204 } });
		const { handled } = await crawl(site, ['/none']);

		expect(handled).toEqual([{ path: '/none', status: 204, type: 'text/html', body: '' }]);
	});
});

describe('Retry-After', () => {
	/** Answers once with what `header` gives; the time between the two requests, as the server saw them. */
	async function waitedMs(header: () => string, status: number): Promise<number> {
		let isFirst = true;
		await using site = await startServer((_, response) => {
			if (isFirst) response.writeHead(status, { 'retry-after': header() });
			isFirst = false;
			response.end('<p>page</p>');
		});
		await crawl(site, ['/'], { retry: { baseDelaySecs: 0 } });
		expect(site.log.hits()).toBe(2);
		return site.log.minGapMs();
	}

	test.each([429, 503])('%i: seconds are waited for', async (status) => {
		expect(await waitedMs(() => '1', status)).toBeGreaterThanOrEqual(999);
	});

	test('a date is waited for', async () => {
		let until = 0;
		const waited = await waitedMs(() => {
			until = Math.ceil((Date.now() + 500) / 1_000) * 1_000;
			return new Date(until).toUTCString();
		}, 503);
		expect(waited).toBeGreaterThanOrEqual(490);
		expect(Date.now()).toBeGreaterThanOrEqual(until);
	});

	test('the whole domain is left alone meanwhile', async () => {
		await using site = await startServer({
			'/busy': (request, response) => {
				const isFirst = request.headers['x-try'] === undefined;
				if (isFirst) response.writeHead(429, { 'retry-after': '1' });
				response.end('<p>page</p>');
			},
			'/*': '<p>page</p>',
		});
		await crawl(site, ['/busy', '/1', '/2'], { maxRequestRetries: 0, domainLimits: { maxConcurrent: 1 } });

		const [first, ...others] = site.log.requests;
		expect(first?.url).toBe('/busy');
		expect(others).toHaveLength(2);
		for (const { at } of others) expect(at - (first?.at ?? 0)).toBeGreaterThanOrEqual(999);
	});

	test('one that is longer than maxRetryAfterSecs is not waited for', async () => {
		await using site = await startServer({ '/': { status: 503, headers: { 'retry-after': '5' } } });
		const { errors } = await crawl(site, ['/'], { retry: { maxRetryAfterSecs: 4 } });

		expect(errors).toEqual(['/ answered 503 Service Unavailable.']);
		expect(site.log.hits()).toBe(1);
	});
});

describe('media types', () => {
	const site = () =>
		startServer({
			'/image': { headers: { 'content-type': 'image/png' }, body: Buffer.from([1, 2, 255]) },
			'/plain': { headers: { 'content-type': 'Text/Plain; charset=iso-8859-1' }, body: Buffer.from([0x63, 0xe9]) },
			'/json': { headers: { 'content-type': 'application/json' }, body: '{"n":1}' },
			'/feed': { headers: { 'content-type': 'application/atom+xml' }, body: '<feed/>' },
		});

	test('one that nobody asked for fails, and is not tried again', async () => {
		await using server = await site();
		const { handled, errors } = await crawl(server, ['/image', '/plain', '/json']);

		expect(handled.map(({ path, body }) => [path, body])).toEqual([['/json', '{"n":1}']]);
		expect(errors.sort()).toEqual([
			'/image is image/png; to handle such pages, name the type in additionalMimeTypes.',
			'/plain is text/plain; to handle such pages, name the type in additionalMimeTypes.',
		]);
		expect(Math.max(...server.log.counts().values())).toBe(1);
	});

	test('additionalMimeTypes adds some, or all', async () => {
		await using server = await site();
		const named = await crawl(server, ['/image', '/plain'], { additionalMimeTypes: ['text/plain'] });
		expect(named.handled).toEqual([{ path: '/plain', status: 200, type: 'text/plain', body: 'cé' }]);

		const all = await crawl(server, ['/image', '/feed'], { additionalMimeTypes: ['*/*'] });
		expect(all.handled.map(({ path, body }) => [path, body]).sort()).toEqual([
			['/feed', '<feed/>'],
			['/image', Buffer.from([1, 2, 255])],
		]);
	});
});

test('a body over maxBodyBytes fails, one of exactly that size does not', async () => {
	await using site = await startServer({ '/exact': 'x'.repeat(1_000), '/over': 'x'.repeat(1_001) });
	const { handled, errors } = await crawl(site, ['/exact', '/over'], { maxBodyBytes: 1_000 });

	expect(handled.map(({ path }) => path)).toEqual(['/exact']);
	expect(errors[0]).toContain('has a body over 1000 bytes');
	expect(site.log.hits('/over')).toBe(1);
});

test('a server that is not there is tried again, one that is too slow as well', async () => {
	await using site = await startServer({ '/slow': () => {} });
	const gone = await startServer({});
	await gone.close();
	const { errors, crawler } = await crawl(site, ['/slow'], { navigationTimeoutSecs: 0.1, maxRequestRetries: 1 });
	const { requestsFailed } = await crawler.run([`${gone.url}/`]);

	expect(errors).toEqual(['GET /slow did not finish within 100 ms (totalMs)']);
	expect(site.log.hits('/slow')).toBe(2);
	expect(requestsFailed).toBe(1);
	expect((await crawler.failedRequests()).at(-1)?.error).toContain('got no response');
});

test('sends what the request says: method, payload and headers', async () => {
	const bodies: string[] = [];
	await using site = await startServer(async (request, response) => {
		let body = '';
		for await (const chunk of request) body += chunk;
		bodies.push(body);
		response.setHeader('content-type', 'text/html');
		response.end('<p>page</p>');
	});
	const crawler = testCrawler({ userAgent: 'TestBot/1.0', requestHandler: async () => {} });

	await crawler.run([{ url: site.url, method: 'POST', payload: 'a=1', headers: { 'X-Token': 't' } }]);

	expect(bodies).toEqual(['a=1']);
	expect(site.log.requests[0]).toMatchObject({
		method: 'POST',
		headers: { 'x-token': 't', 'user-agent': 'TestBot/1.0' },
	});
});
