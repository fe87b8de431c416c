import { createServer, request as proxied } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startServer } from '@orbweaver/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
	type CrawlerContext,
	type CrawlerOptions,
	createRouter,
	ProxyConfiguration,
	Request,
} from '../../src/index.ts';
import { rowsOf, tempStorage, testCrawler, watchRejections } from './crawl.ts';

/** Lets `look` see the context of one page. */
async function lookAt(
	url: string,
	look: (context: CrawlerContext) => unknown,
	options: CrawlerOptions = {},
): Promise<ReturnType<typeof testCrawler>> {
	let failure: unknown;
	const crawler = testCrawler({
		maxRequestRetries: 0,
		maxRequestsPerCrawl: 1,
		...options,
		requestHandler: async (context) => {
			try {
				await look(context);
			} catch (error) {
				failure = error;
				throw error;
			}
		},
	});
	await crawler.run([url]);
	if (failure !== undefined) throw failure;
	return crawler;
}

describe('the page', () => {
	test('request, response, body, contentType and $ are those of Crawlee', async () => {
		await using site = await startServer({
			'/old': { status: 301, headers: { location: '/p' } },
			'/p': {
				headers: { 'x-own': 'yes', 'content-type': 'text/html; charset=latin1' },
				body: Buffer.from('<h1>\xe9</h1>', 'latin1'),
			},
		});
		expect.hasAssertions();

		await lookAt(`${site.url}/old`, ({ id, request, response, body, contentType, $, json, crawler, log }) => {
			expect(request).toBeInstanceOf(Request);
			expect(request).toMatchObject({
				url: `${site.url}/old`,
				loadedUrl: `${site.url}/p`,
				retryCount: 0,
				crawlDepth: 0,
			});
			expect(response).toMatchObject({ statusCode: 200, statusMessage: 'OK', url: `${site.url}/p` });
			expect(response.headers['x-own']).toBe('yes');
			expect(body).toBe('<h1>é</h1>');
			expect(contentType).toEqual({ type: 'text/html', encoding: 'windows-1252' });
			expect($('h1').text()).toBe('é');
			expect(json).toBeUndefined();
			expect(id).toBe(request.id);
			expect(crawler.storagePath).toBe(':memory:');
			expect(typeof log.info).toBe('function');
		});
	});

	test('what is pushed to a request comes out: label, userData', async () => {
		await using site = await startServer({ '/*': '<p>page</p>' });
		const seen: unknown[] = [];
		const crawler = testCrawler({
			requestHandler: async ({ request, addRequests }) => {
				seen.push([request.label, { ...request.userData }, request.crawlDepth]);
				if (request.crawlDepth === 0) {
					await addRequests([{ url: 'child', label: 'child', userData: { deep: { n: 1 } } }]);
				}
			},
		});

		await crawler.run([{ url: `${site.url}/a/`, label: 'parent', userData: { from: 'seed' } }]);

		expect(seen).toEqual([
			['parent', { from: 'seed', label: 'parent' }, 0],
			['child', { deep: { n: 1 }, label: 'child' }, 1],
		]);
	});

	test('$ is one tree, made when it is asked for, and asked for by nobody else', async () => {
		// A parser would spend seconds on this page.
		await using site = await startServer({ '/': `${'<div>'.repeat(2_000)}<a href="/x">x</a>` });
		let first: unknown;
		await lookAt(site.url, async (context) => {
			const descriptor = Object.getOwnPropertyDescriptor(context, '$');
			expect(descriptor?.get).toBeTypeOf('function');
			await context.enqueueLinks();
			first = context.$;
			expect(context.$).toBe(first);
		});
	});

	test('json is the parsed body, and a body that is none fails the page with its address', async () => {
		await using site = await startServer({
			'/good': { headers: { 'content-type': 'application/ld+json' }, body: '{"a":[1,"é"]}' },
			'/bad': { headers: { 'content-type': 'application/json' }, body: '{"a":' },
		});
		const options = { additionalMimeTypes: ['application/ld+json'] };

		await lookAt(`${site.url}/good`, ({ json }) => expect(json).toEqual({ a: [1, 'é'] }), options);
		await expect(lookAt(`${site.url}/bad`, ({ json }) => json)).rejects.toThrow(`${site.url}/bad is not valid JSON`);
	});
});

describe('addRequests', () => {
	test('takes texts, objects, Requests and async iterables, relative to the page', async () => {
		await using site = await startServer({ '/*': '<p>page</p>' });
		async function* later(): AsyncGenerator<string> {
			yield '?q=4';
		}
		const crawler = testCrawler({
			requestHandler: async ({ request, addRequests }) => {
				if (request.crawlDepth > 0 || !request.url.endsWith('/dir/')) return;
				await addRequests(['1', { url: '../2' }, new Request({ url: `${site.url}/3`, label: 'own' })]);
				await addRequests(later() as never);
			},
		});

		await crawler.run([`${site.url}/dir/`]);

		expect(site.log.requests.map(({ url }) => url).sort()).toEqual(['/2', '/3', '/dir/', '/dir/1', '/dir/?q=4']);
	});

	test('names what is no URL, and fails the page', async () => {
		await using site = await startServer({ '/*': '<p>page</p>' });

		await expect(lookAt(site.url, ({ addRequests }) => addRequests(['ok', 'mailto:a@b.test']))).rejects.toThrow(
			'"mailto:a@b.test" is not a URL that can be crawled',
		);
	});

	test.each(['addRequests', 'crawler.addRequests', 'crawler.addRequests before the run'])(
		'%s takes requests as they are at the call',
		async (how) => {
			await using site = await startServer({ '/*': '<p>page</p>' });
			const seen: unknown[] = [];
			const addAll = (add: (requests: { url: string }[]) => Promise<unknown>): Promise<unknown>[] => {
				const meta = { page: 0 };
				const headers: Record<string, string> = {};
				return [1, 2, 3].map((n) => {
					meta.page = n;
					headers['x-n'] = String(n);
					return add([{ url: `${site.url}/p/${n}`, userData: { meta }, headers } as { url: string }]);
				});
			};
			const crawler = testCrawler({
				requestHandler: ({ request, addRequests, crawler: own }) => {
					const { pathname } = new URL(request.url);
					if (pathname !== '/') seen.push([pathname, request.userData.meta?.page, request.headers?.['x-n']]);
					else if (how === 'addRequests') void addAll(addRequests);
					else if (how === 'crawler.addRequests') void addAll((requests) => own.addRequests(requests));
				},
			});
			if (how.endsWith('run')) await Promise.all(addAll((requests) => crawler.addRequests(requests)));
			await crawler.run([`${site.url}/`]);
			expect(seen.sort()).toEqual([1, 2, 3].map((n) => [`/p/${n}`, n, String(n)]));
		},
	);

	test('forefront and priority go ahead', async () => {
		await using site = await startServer({ '/*': '<p>page</p>' });
		const crawler = testCrawler({
			maxConcurrency: 1,
			domainLimits: { maxConcurrent: 1 },
			requestHandler: async ({ request, addRequests }) => {
				if (request.crawlDepth > 0) return;
				await addRequests(['/late', { url: '/first', priority: 9 }]);
				await addRequests(['/early'], { forefront: true });
			},
		});

		await crawler.run([site.url]);

		expect(site.log.requests.map(({ url }) => url)).toEqual(['/', '/first', '/early', '/late']);
	});
});

describe('pushData', () => {
	test('takes an object, a list, and the name of a dataset', async () => {
		await using site = await startServer({ '/': 'x' });
		const crawler = await lookAt(site.url, async ({ pushData }) => {
			await pushData({ n: 1 });
			await pushData([{ n: 2 }, { n: 3 }], 'named');
			await pushData([]);
		});

		expect(await rowsOf(crawler)).toEqual([{ n: 1 }]);
		expect(await rowsOf(crawler, 'named')).toEqual([{ n: 2 }, { n: 3 }]);
	});

	test('refuses what is no row', async () => {
		await using site = await startServer({ '/': 'x' });

		await expect(lookAt(site.url, ({ pushData }) => pushData('text' as never))).rejects.toThrow(
			"pushData takes an object or an array of objects, got 'text'.",
		);
	});
});

describe('state', () => {
	test('useState is shared by all pages and kept for the next run', async () => {
		await using site = await startServer({ '/*': '<p>page</p>' });
		const storage = await tempStorage();
		const options: CrawlerOptions = {
			storage,
			requestHandler: async ({ useState }) => {
				const state = await useState({ pages: 0 });
				state.pages++;
			},
		};

		await testCrawler(options).run([`${site.url}/1`, `${site.url}/2`]);
		const second = testCrawler(options);
		await second.run([`${site.url}/3`]);

		expect(await second.useState()).toEqual({ pages: 3 });
	});

	test('getKeyValueStore opens the stores of the crawl', async () => {
		await using site = await startServer({ '/': 'x' });
		const storage = await tempStorage();
		await lookAt(
			site.url,
			async ({ getKeyValueStore }) => {
				await (await getKeyValueStore('shots')).setValue('one', Buffer.from([1, 2]), { contentType: 'image/png' });
				await (await getKeyValueStore()).setValue('config', { a: 1 });
			},
			{ storage },
		);

		await lookAt(
			`${site.url}/?again`,
			async ({ getKeyValueStore }) => {
				expect(await (await getKeyValueStore('shots')).getValue('one')).toEqual(Buffer.from([1, 2]));
				expect(await (await getKeyValueStore()).getValue('config')).toEqual({ a: 1 });
			},
			{ storage },
		);
	});
});

describe('sessions and proxies', () => {
	test('a session keeps its cookies from page to page', async () => {
		await using site = await startServer((_, response) => {
			response.writeHead(200, { 'set-cookie': 'id=42; Path=/', 'content-type': 'text/html' }).end('<p>page</p>');
		});
		const crawler = testCrawler({
			useSessionPool: true,
			sessionPoolOptions: { maxPoolSize: 1 },
			maxConcurrency: 1,
			requestHandler: async ({ session, sendRequest }) => {
				expect(session?.id).toBeTypeOf('string');
				await sendRequest({ url: '/extra' });
			},
		});

		await crawler.run([`${site.url}/1`, `${site.url}/2`]);

		const cookies = site.log.requests.map(({ url, headers }) => [url, headers.cookie]);
		expect(cookies).toEqual([
			['/1', undefined],
			['/extra', 'id=42'],
			['/2', 'id=42'],
			['/extra', 'id=42'],
		]);
	});

	test('no session, no cookies', async () => {
		await using site = await startServer((_, response) => {
			response.writeHead(200, { 'set-cookie': 'id=42', 'content-type': 'text/html' }).end('<p>page</p>');
		});
		const crawler = testCrawler({ requestHandler: ({ session }) => expect(session).toBeUndefined() });

		const { requestsFinished } = await crawler.run([`${site.url}/1`, `${site.url}/2`]);

		expect(requestsFinished).toBe(2);
		expect(site.log.requests.some(({ headers }) => headers.cookie !== undefined)).toBe(false);
	});

	test('pages, further requests and robots.txt all go through the proxy', async () => {
		await using site = await startServer({ '/*': '<p>page</p>' });
		const proxy = await startProxy();
		const crawler = testCrawler({
			respectRobotsTxtFile: true,
			proxyConfiguration: new ProxyConfiguration({ proxyUrls: [`http://user:secret@127.0.0.1:${proxy.port}`] }),
			requestHandler: async ({ proxyInfo, sendRequest, pushData }) => {
				await pushData({ username: proxyInfo?.username });
				await sendRequest({ url: '/extra' });
			},
		});

		await crawler.run([`${site.url}/page`]);

		expect(await rowsOf(crawler)).toEqual([{ username: 'user' }]);
		expect(site.log.requests.map(({ url }) => url)).toEqual(['/robots.txt', '/page', '/extra']);
		expect(site.log.requests.every(({ headers }) => headers['x-through'] === 'proxy')).toBe(true);
		expect(proxy.credentials).toEqual(['user:secret']);
	});
});

describe('createRouter', () => {
	const pages = { '/': '<a href="/p/1">1</a><a href="/p/2">2</a>', '/*': '<h1>Product</h1>' };

	test('gives each label to its handler', async () => {
		await using site = await startServer(pages);
		const router = createRouter();
		router.addDefaultHandler(async ({ enqueueLinks }) => {
			await enqueueLinks({ label: 'product' });
		});
		router.addHandler('product', ({ request, $, pushData }) =>
			pushData({ path: new URL(request.url).pathname, h1: $('h1').text() }),
		);
		const crawler = testCrawler({ requestHandler: router as never });

		await crawler.run([site.url]);

		expect((await rowsOf(crawler)).map(({ path }) => path).sort()).toEqual(['/p/1', '/p/2']);
	});

	test("the crawler's own router is used when there is no handler", async () => {
		await using site = await startServer(pages);
		const crawler = testCrawler({});
		crawler.router.addDefaultHandler(({ pushData }) => pushData({ by: 'router' }));

		await crawler.run([site.url]);

		expect(await rowsOf(crawler)).toEqual([{ by: 'router' }]);
	});

	test('a label without a handler ends the run, and says which', async () => {
		const rejections = watchRejections();
		await using site = await startServer(pages);
		const crawler = testCrawler({ requestHandler: createRouter({}) as never });

		await expect(crawler.run([{ url: site.url, label: 'unknown' }])).rejects.toThrow(
			"Route not found for label 'unknown'",
		);
		expect(crawler.counts()).toMatchObject({ waiting: 1, failed: 0 });
		expect(rejections).toEqual([]);
	});
});

/** A proxy on loopback that forwards plain requests. */
async function startProxy(): Promise<{ port: number; credentials: string[] }> {
	const credentials = new Set<string>();
	const server = createServer((message, response) => {
		credentials.add(Buffer.from(String(message.headers['proxy-authorization']).slice(6), 'base64').toString());
		const headers = { ...message.headers, 'x-through': 'proxy' };
		const onward = proxied(message.url ?? '', { method: message.method ?? 'GET', headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		message.pipe(onward);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return {
		port: (server.address() as AddressInfo).port,
		get credentials() {
			return [...credentials];
		},
	};
}
