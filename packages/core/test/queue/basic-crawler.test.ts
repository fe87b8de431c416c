import { startServer } from '@orbweaver/testkit';
import { expect, test } from 'vitest';
import { BasicCrawler, Configuration, log } from '../../src/crawlee.ts';
import { openQueue } from './open-queue.ts';

log.setLevel(log.LEVELS.OFF);

test('Crawlee’s own crawler works off our queue, retries and failures included', async () => {
	const tries = new Map<string, number>();
	await using server = await startServer((request, response) => {
		const path = request.url ?? '';
		tries.set(path, (tries.get(path) ?? 0) + 1);
		const isBroken = path === '/broken' || (path.endsWith('7') && tries.get(path) === 1);
		response.statusCode = isBroken ? 500 : 200;
		response.end(path);
	});
	const queue = await openQueue({ retry: { baseDelaySecs: 0.02 } });
	await queue.addRequests([...Array.from({ length: 49 }, (_, n) => `${server.url}/${n}`), `${server.url}/broken`]);
	const failed: string[] = [];
	const seen: string[] = [];
	const crawler = new BasicCrawler(
		{
			requestQueue: queue as never,
			maxRequestRetries: 7,
			autoscaledPoolOptions: { maybeRunIntervalSecs: 0.02 },
			async requestHandler({ request, addRequests }) {
				const response = await fetch(request.url);
				if (!response.ok) throw new Error(`status ${response.status}`);
				seen.push(new URL(request.url).pathname);
				if (request.url.endsWith('/1')) await addRequests([`${server.url}/late`]);
			},
			failedRequestHandler: ({ request }) => void failed.push(new URL(request.url).pathname),
		},
		new Configuration({ persistStorage: false }),
	);
	await crawler.run();
	expect(seen.sort()).toEqual([...Array.from({ length: 49 }, (_, n) => `/${n}`), '/late'].sort());
	expect(failed).toEqual(['/broken']);
	expect(tries.get('/broken')).toBe(8);
	expect(queue.counts()).toMatchObject({ handled: 50, failed: 1, waiting: 0, delayed: 0, leased: 0 });
}, 15_000);
