import {
	type LoggedRequest,
	pause,
	type RequestLog,
	type Route,
	startManyDomains,
	startServer,
} from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { crawlInProcess, minGapMs } from './fixtures/crawl-process.ts';

/** How much sooner than its clock says a timer may fire, and then some. */
const GRANULARITY_MS = 2;

const isPage = ({ url }: LoggedRequest): boolean => url !== '/robots.txt';

/** A start page with `pages` links, each of which takes `ms` to answer. */
function star(pages: number, ms = 0): Record<string, Route> {
	const links = Array.from({ length: pages }, (_, i) => `<a href="/page/${i}">${i}</a>`).join('\n');
	return {
		'/': links,
		'/page/*': async (_, response) => {
			await pause(ms, response);
			response.end('<p>A page</p>');
		},
		'/robots.txt': { headers: { 'Content-Type': 'text/plain' }, body: 'User-agent: *\nAllow: /\n' },
	};
}

/** The place of each matching request in the log. */
function places(log: RequestLog, matches: (request: LoggedRequest) => boolean): number[] {
	return log.requests.flatMap((request, place) => (matches(request) ? [place] : []));
}

describe('requests in flight', () => {
	it.each([
		['eight unless told otherwise', undefined, 8],
		['as many as maxConcurrent says', { maxConcurrent: 3 }, 3],
		['one by one if that is wanted', { maxConcurrent: 1 }, 1],
	])('are %s', async (_, domainLimits, most) => {
		await using server = await startServer(star(40, 30));
		await crawlInProcess([server.url], domainLimits && { domainLimits });
		expect(server.log.hits(isPage)).toBe(41);
		expect(server.log.maxInFlight()).toBe(most);
	});
});

describe('the time between two requests', () => {
	it('is never less than minTime', async () => {
		await using server = await startServer(star(25, 20));
		const sent = await crawlInProcess([server.url], { domainLimits: { minTime: 50 } });
		expect(server.log.hits(isPage)).toBe(26);
		expect(minGapMs(server.log, sent)).toBeGreaterThanOrEqual(50 - GRANULARITY_MS);
	});

	it('is the crawl-delay of robots.txt, and then they come one by one', async () => {
		const robots = { headers: { 'Content-Type': 'text/plain' }, body: 'User-agent: *\nCrawl-delay: 0.2\n' };
		await using server = await startServer({ ...star(8, 250), '/robots.txt': robots });
		const sent = await crawlInProcess([server.url]);
		expect(server.log.hits(isPage)).toBe(9);
		expect(server.log.maxInFlight()).toBe(1);
		expect(minGapMs(server.log, sent, (path) => path !== '/robots.txt')).toBeGreaterThanOrEqual(200 - GRANULARITY_MS);
	});

	it('holds from robots.txt to the first page too', async () => {
		const robots = { headers: { 'Content-Type': 'text/plain' }, body: 'User-agent: *\nCrawl-delay: 0.2\n' };
		await using server = await startServer({ ...star(1), '/robots.txt': robots });
		const sent = await crawlInProcess([server.url]);
		expect(minGapMs(server.log, sent)).toBeGreaterThanOrEqual(200 - GRANULARITY_MS);
	});
});

describe('a reservoir', () => {
	it('lets through no more than it holds until it is refilled', async () => {
		const [size, refreshInterval] = [5, 500];
		await using server = await startServer(star(17));
		await crawlInProcess([server.url], {
			domainLimits: { reservoir: size, reservoirRefreshInterval: refreshInterval },
		});
		const arrivals = server.log.select(isPage).map(({ at }) => at);
		expect(arrivals).toHaveLength(18);
		// More than two fillings need two refills between the first and the last, and those are one interval apart.
		const spans = arrivals.flatMap((at, i) => (i < 2 * size ? [] : [at - (arrivals[i - 2 * size] as number)]));
		expect(Math.min(...spans)).toBeGreaterThanOrEqual(refreshInterval - GRANULARITY_MS);
	});
});

describe.concurrent('Retry-After', () => {
	/** Answers `status` and the header the first time it is asked for page 5, and notes until when it wants peace. */
	async function crawlWith(status: number, form: 'seconds' | 'date'): Promise<{ gapMs: number; askedMs: number }> {
		let until: number | undefined;
		const answers = star(10);
		await using server = await startServer({
			...answers,
			'/page/5': (_, response) => {
				if (until === undefined) {
					const date = Math.ceil((Date.now() + 1_000) / 1_000) * 1_000;
					until = form === 'date' ? date - performance.timeOrigin : performance.now() + 1_000;
					response.writeHead(status, { 'Retry-After': form === 'date' ? new Date(date).toUTCString() : '1' });
				}
				response.end('Page 5');
			},
		});
		await crawlInProcess([server.url], { domainLimits: { maxConcurrent: 1 } });
		const refused = server.log.requests.findIndex((request) => request.status === status);
		const next = server.log.requests[refused + 1] as LoggedRequest;
		expect(server.log.hits('/page/5')).toBe(2);
		expect(server.log.hits(isPage)).toBe(12);
		const refusedAt = (server.log.requests[refused] as LoggedRequest).at;
		return { gapMs: next.at - refusedAt, askedMs: (until as number) - refusedAt };
	}

	it.each([
		[429, 'seconds'],
		[429, 'date'],
		[503, 'seconds'],
		[503, 'date'],
	] as const)('of a %i, in %s, is kept to by the whole domain', async (status, form) => {
		const { gapMs, askedMs } = await crawlWith(status, form);
		expect(gapMs).toBeGreaterThanOrEqual(askedMs - GRANULARITY_MS);
	});
});

describe('overrides', () => {
	it('hold for the domains that their globs name, the first one that matches', async () => {
		await using sites = await startManyDomains({ domains: 4, pagesPerDomain: 30, linked: false, delayMs: () => 40 });
		const [first, second, third, fourth] = sites.domains;
		await crawlInProcess(
			sites.domains.map(({ url }) => url),
			{
				domainLimits: {
					maxConcurrent: 5,
					overrides: {
						[first?.host as string]: { maxConcurrent: 1 },
						'127.1.0.2': { maxConcurrent: 2 },
						'127.1.*.3': { maxConcurrent: 3 },
						'127.1.0.[1-4]': { maxConcurrent: 7 },
						'127.1.0.3': { maxConcurrent: 8 },
					},
				},
			},
		);
		expect([first, second, third, fourth].map((domain) => domain?.log.maxInFlight())).toEqual([1, 2, 3, 5]);
	});
});

describe('many domains', () => {
	it('are crawled at the same time, each within its limit', async () => {
		await using sites = await startManyDomains({ domains: 30, pagesPerDomain: 5, linked: false });
		const sent = await crawlInProcess(
			sites.domains.map(({ url }) => url),
			{ domainLimits: { minTime: 40 } },
		);
		expect(sites.log.hits(isPage)).toBe(sites.pages.length);
		const gaps = sites.domains.map(({ log }) => minGapMs(log, sent));
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(40 - GRANULARITY_MS);
		// Every domain was begun before any was done.
		const ofDomain = sites.domains.map(({ host }) => places(sites.log, (r) => r.host === host && isPage(r)));
		const lastBegun = Math.max(...ofDomain.map((own) => own[0] as number));
		const firstDone = Math.min(...ofDomain.map((own) => own.at(-1) as number));
		expect(lastBegun).toBeLessThan(firstDone);
	});

	it('do not wait for a slow one, not even with few slots', async () => {
		const delayMs = (domain: number): number => (domain === 0 ? 150 : 0);
		await using sites = await startManyDomains({ domains: 9, pagesPerDomain: 20, linked: false, delayMs });
		const [slow] = sites.domains;
		const strict = { [slow?.host as string]: { maxConcurrent: 2, minTime: 150 } };
		await crawlInProcess(
			sites.domains.map(({ url }) => url),
			{ maxConcurrency: 4, domainLimits: { overrides: strict } },
		);
		expect(sites.log.hits(isPage)).toBe(sites.pages.length);
		const ofSlow = places(sites.log, (request) => request.host === slow?.host && isPage(request));
		const ofFast = places(sites.log, (request) => request.host !== slow?.host);
		// The fast ones, 160 pages, are done before the slow one is half done with its 20.
		expect(ofFast.at(-1)).toBeLessThan(ofSlow[10] as number);
	});
});

describe('a redirect to another domain', () => {
	it('keeps to the limits of both', async () => {
		await using target = await startServer({
			'/landing/*': async (_, response) => {
				await pause(60, response);
				response.end('<p>Here you are</p>');
			},
		});
		const redirects: Record<string, Route> = Object.fromEntries(
			Array.from({ length: 12 }, (_, i): [string, Route] => [
				`/page/${i}`,
				{ status: 302, headers: { Location: `${target.url}/landing/${i}` } },
			]),
		);
		await using from = await startServer({ ...star(12), ...redirects });
		const seeds = Object.keys(redirects).map((path) => from.url + path);
		const sent = await crawlInProcess(seeds, {
			domainLimits: {
				overrides: {
					[new URL(from.url).host]: { minTime: 40 },
					[new URL(target.url).host]: { maxConcurrent: 2 },
				},
			},
		});
		expect(from.log.hits(isPage)).toBe(12);
		expect(minGapMs(from.log, sent)).toBeGreaterThanOrEqual(40 - GRANULARITY_MS);
		expect(target.log.hits(isPage)).toBe(12);
		expect(target.log.maxInFlight()).toBe(2);
	});

	it('arrives no sooner than the minTime of the domain that it leads to', async () => {
		await using target = await startServer({ '/landing/*': '<p>Here you are</p>' });
		const paths = Array.from({ length: 8 }, (_, i) => `/page/${i}`);
		const redirects = paths.map((path, i): [string, Route] => [
			path,
			{ status: 302, headers: { Location: `${target.url}/landing/${i}` } },
		]);
		await using from = await startServer(Object.fromEntries(redirects));
		const sent = await crawlInProcess(
			paths.map((path) => from.url + path),
			{ domainLimits: { overrides: { [new URL(target.url).host]: { minTime: 60 } } } },
		);
		expect(target.log.hits(isPage)).toBe(8);
		expect(minGapMs(target.log, sent)).toBeGreaterThanOrEqual(60 - GRANULARITY_MS);
	});
});
