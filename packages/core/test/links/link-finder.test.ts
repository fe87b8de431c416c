import { startServer } from '@orbweaver/testkit';
import { expect, onTestFinished, test } from 'vitest';
import type { LinkTask } from '../../src/links/found-links.ts';
import { LinkFinder } from '../../src/links/link-finder.ts';
import { DEFAULT_URL_RULES } from '../../src/queue/url-keys.ts';
import { testCrawler } from '../crawler/crawl.ts';

const url = 'http://site.test/';
const page = (bytes: number): LinkTask => ({
	bytes: Buffer.from(`<a href="/a">a</a>${' '.repeat(bytes)}`),
	contentType: undefined,
	url,
	filter: {},
	from: { url },
});

function finder(threads: number): LinkFinder {
	const made = new LinkFinder({ threads, urlRules: DEFAULT_URL_RULES });
	onTestFinished(() => made.close());
	return made;
}

test('the first pages, and small ones, are done here', async () => {
	const links = finder(1);
	const early = Array.from({ length: 100 }, () => links.find(page(10_000)));
	expect(early.every((answer) => answer === undefined)).toBe(true);
	expect(links.find(page(10))).toBeUndefined();
	expect((await links.find(page(10_000)))?.fresh).toEqual(['http://site.test/a']);
});

test('when too many wait, and without threads, pages are done here', async () => {
	const links = finder(1);
	const answers = Array.from({ length: 300 }, () => links.find(page(10_000))).slice(100);
	const elsewhere = answers.filter((answer) => answer !== undefined);
	expect(elsewhere.length).toBeGreaterThan(0);
	expect(elsewhere.length).toBeLessThan(200);
	for (const found of await Promise.all(elsewhere)) expect(found?.fresh).toEqual(['http://site.test/a']);

	const none = finder(0);
	for (let n = 0; n < 200; n++) expect(none.find(page(10_000))).toBeUndefined();
});

test.each([0, 1, 2])('a crawl with %i of them finds the same pages, each once', async (linkThreads) => {
	const size = 400;
	const filler = `<p>${'text '.repeat(800)}</p>`;
	const linksOf = (n: number): number[] => [(n * 7 + 1) % size, (n * 3 + 2) % size, (n + 1) % size];
	await using site = await startServer({
		'/*': (request, response) => {
			const links = linksOf(Number(request.url?.slice(1))).map((to) => `<a href="/${to}">${to}</a>`);
			response.setHeader('content-type', 'text/html');
			response.end(links.join('') + filler);
		},
	});
	const answers: number[] = [];
	const crawler = testCrawler({
		linkThreads,
		requestHandler: async ({ enqueueLinks }) => {
			const { processedRequests } = await enqueueLinks();
			answers.push(processedRequests.length);
		},
	});
	await crawler.run([`${site.url}/0`]);
	expect(crawler.counts()).toMatchObject({ handled: size, failed: 0 });
	expect(site.log.hits()).toBe(size);
	expect(answers.every((count) => count > 0 && count <= 3)).toBe(true);
});
