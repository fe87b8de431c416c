import { startServer, type TestServer } from '@orbweaver/testkit';
import { expect, test } from 'vitest';
import type { CrawlerContext, CrawlerOptions } from '../../src/index.ts';
import { testCrawler } from './crawl.ts';

const start = (): Promise<TestServer> =>
	startServer({
		'/dir/page': '<p>page</p>',
		'/dir/text': { headers: { 'content-type': 'text/plain; charset=latin1' }, body: Buffer.from([0xe9]) },
		'/dir/data': { headers: { 'content-type': 'application/json' }, body: '{"a":1}' },
		'/old': { status: 302, headers: { location: '/dir/data' } },
		'/big': 'x'.repeat(5_000),
		'/slow': () => {},
		'/echo': async (request, response) => {
			let body = '';
			for await (const chunk of request) body += chunk;
			response.end(JSON.stringify({ method: request.method, type: request.headers['content-type'], body }));
		},
	});

/** What `work` answers in the handler of a page. */
async function inHandler<T>(work: (context: CrawlerContext) => Promise<T>, options: CrawlerOptions = {}): Promise<T> {
	await using site = await start();
	let answer: { value: T } | undefined;
	const crawler = testCrawler({
		maxRequestRetries: 0,
		...options,
		requestHandler: async (context) => {
			answer = { value: await work(context) };
		},
	});
	await crawler.run([`${site.url}/dir/page`]);
	const [failed] = await crawler.failedRequests();
	if (answer === undefined) throw new Error(failed?.error);
	return answer.value;
}

test('asks for text, JSON or bytes, relative to the page', async () => {
	const answers = await inHandler(async ({ sendRequest }) => [
		(await sendRequest({ url: 'text' })).body,
		(await sendRequest<{ a: number }>({ url: '/old', responseType: 'json' })).body,
		(await sendRequest({ url: 'text', responseType: 'buffer' })).body,
		(await sendRequest()).body,
	]);

	expect(answers).toEqual(['é', { a: 1 }, Buffer.from([0xe9]), '<p>page</p>']);
});

test('answers with status, headers and the address where the redirects ended', async () => {
	const { moved, missing } = await inHandler(async ({ sendRequest }) => ({
		moved: await sendRequest({ url: '/old' }),
		missing: await sendRequest({ url: '/missing' }),
	}));

	expect(moved).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/json' } });
	expect(new URL(moved.url).pathname).toBe('/dir/data');
	expect(missing.statusCode).toBe(404);
});

test('sends a body, or JSON', async () => {
	const echo = { url: '/echo', responseType: 'json' } as const;
	const answers = await inHandler(async ({ sendRequest }) => [
		(await sendRequest({ ...echo, method: 'PUT', body: 'a=1', headers: { 'Content-Type': 'text/own' } })).body,
		(await sendRequest({ ...echo, json: { a: [1] } })).body,
	]);

	expect(answers).toEqual([
		{ method: 'PUT', type: 'text/own', body: 'a=1' },
		{ method: 'POST', type: 'application/json', body: '{"a":[1]}' },
	]);
});

test("keeps to the crawler's limits", async () => {
	await expect(inHandler(({ sendRequest }) => sendRequest({ url: '/big' }), { maxBodyBytes: 1_000 })).rejects.toThrow(
		'has a body over 1000 bytes',
	);
	await expect(
		inHandler(({ sendRequest }) => sendRequest({ url: '/slow' }), { navigationTimeoutSecs: 0.1 }),
	).rejects.toThrow('did not finish within 100 ms');
	await expect(inHandler(({ sendRequest }) => sendRequest({ url: '/dir/text', responseType: 'json' }))).rejects.toThrow(
		'not valid JSON',
	);
});
