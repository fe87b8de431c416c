import { expect, test } from 'vitest';
import { startManyDomains } from '../../src/index.ts';
import { crawl, linksOf } from '../tiny-crawler.ts';

const get = async (url: string): Promise<string> => (await fetch(url)).text();

test('each domain has an address, pages and a log of its own', async () => {
	await using site = await startManyDomains({ domains: 30, pagesPerDomain: 20 });
	expect(new Set(site.domains.map(({ host }) => host.split(':')[0])).size).toBe(30);
	expect(site.pages).toHaveLength(600);
	for (const domain of site.domains.slice(0, 3)) {
		const visits = await crawl(`${domain.url}/`);
		expect([...visits.keys()].toSorted()).toEqual(domain.pages.toSorted());
		expect(domain.log.hits()).toBe(20);
	}
	expect(site.log.hits()).toBe(60);
	expect(site.log.counts(({ host }) => host)).toEqual(new Map(site.domains.slice(0, 3).map(({ host }) => [host, 20])));
});

test('from one index all others are reached', async () => {
	await using site = await startManyDomains({ domains: 5, pagesPerDomain: 1 });
	const known = new Set([`${site.domains[2]?.url}/`]);
	for (const url of known) for (const link of linksOf(await get(url), url)) known.add(link);
	expect([...known].toSorted()).toEqual(site.pages.toSorted());
});

test('without links between them each stays alone', async () => {
	await using site = await startManyDomains({ domains: 2, pagesPerDomain: 1, linked: false });
	const start = `${site.domains[0]?.url}/`;
	expect(linksOf(await get(start), start)).toEqual([start]);
});

test('robots.txt and delay differ by domain', async () => {
	await using site = await startManyDomains({
		domains: 2,
		robots: (domain) => (domain === 0 ? undefined : `User-agent: *\nCrawl-delay: ${domain}\n`),
		delayMs: (domain) => domain * 50,
	});
	const [first, second] = site.domains;
	expect((await fetch(`${first?.url}/robots.txt`)).status).toBe(404);
	expect(await get(`${second?.url}/robots.txt`)).toContain('Crawl-delay: 1');
	const order: string[] = [];
	await Promise.all([
		get(`${second?.url}/`).then(() => order.push('slow')),
		get(`${first?.url}/`).then(() => order.push('fast')),
	]);
	expect(order).toEqual(['fast', 'slow']);
});

test('the logs see requests in flight per domain and together', async () => {
	await using site = await startManyDomains({ domains: 4, delayMs: () => 60 });
	await Promise.all(site.domains.flatMap(({ url }) => [get(`${url}/`), get(`${url}/page-1.html`)]));
	expect(site.domains.map(({ log }) => log.maxInFlight())).toEqual([2, 2, 2, 2]);
	expect(site.log.maxInFlight()).toBe(8);
});

test('a thousand domains open and close', async () => {
	const site = await startManyDomains({ domains: 1000, pagesPerDomain: 1 });
	const last = site.domains[999]?.url ?? '';
	expect(await get(last)).toContain('Page 0 of 127.1.3.250');
	await site.close();
	await expect(fetch(last)).rejects.toThrow();
});

test('a bad number is named, and a taken port leaves nothing open', async () => {
	await expect(startManyDomains({ domains: 0 })).rejects.toThrow(
		'domains must be a whole number from 1 to 10000, got 0',
	);
	await using taken = await startManyDomains({ domains: 1 });
	const port = Number(new URL(taken.domains[0]?.url ?? '').port);
	await expect(startManyDomains({ domains: 1, port })).rejects.toThrow('EADDRINUSE');
});
