import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startManyDomains, startServer } from '@orbweaver/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ticket } from '../../src/lanes/domain-lane.ts';
import { CrawlQueue } from '../../src/queue/crawl-queue.ts';
import type { RequestQueue } from '../../src/queue/request-queue.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { pause, until } from '../lanes/pause.ts';
import { pageOf } from '../store/conformance.ts';
import { newRequest } from '../store/requests.ts';
import { newStorage, openQueue } from './open-queue.ts';

async function nextTicket(queue: RequestQueue): Promise<Ticket> {
	await until(() => queue.isReady);
	return queue.take() as Ticket;
}

type Step = 'handle' | 'retry' | 'give back' | 'link' | 'answer early' | 'slow down' | 'add';

describe('nothing is lost and nothing done twice', () => {
	const STEPS: Step[] = [
		'handle',
		'handle',
		'handle',
		'retry',
		'give back',
		'link',
		'answer early',
		'slow down',
		'add',
	];

	async function crawl(steps: readonly Step[], domains: number, maxActiveDomains: number): Promise<void> {
		await using queue = await openQueue({ storage: ':memory:', maxActiveDomains });
		const urls = new Set<string>();
		const done: string[] = [];
		let added = 0;
		const newUrl = (): string => {
			const url = `http://d${added % domains}.example/${added++}`;
			urls.add(url);
			return url;
		};
		await queue.addRequests(Array.from({ length: 12 }, newUrl));
		let turn = 0;
		const work = async (): Promise<void> => {
			while (!(await queue.isFinished())) {
				const ticket = queue.take();
				if (ticket === undefined) {
					await pause(1);
					continue;
				}
				const { request, lane } = ticket;
				const page = pageOf(request);
				const step = steps[turn++] ?? 'handle';
				lane.sent(ticket);
				if (step === 'give back') {
					await queue.giveBack(ticket);
					continue;
				}
				if (step === 'retry') {
					const outcome = {
						status: 'delayed',
						notBefore: Date.now() + 3,
						retryCount: request.retryCount + 1,
						error: 'x',
					} as const;
					await queue.commit(ticket, { ...page, outcome });
					continue;
				}
				if (step === 'answer early') queue.answered(ticket, { status: 200 });
				if (step === 'slow down') queue.answered(ticket, { status: 503, retryAfterMs: 2 });
				if (step === 'add') await queue.addRequest(newUrl());
				const requests =
					step === 'link'
						? [newUrl(), newUrl()].map((url) => newRequest(new URL(url).pathname, { domain: new URL(url).host }))
						: [];
				done.push(request.url);
				await queue.commitSoon(ticket, { ...page, requests });
			}
		};
		await Promise.race([
			Promise.all([work(), work(), work(), work()]),
			pause(8_000).then(() => Promise.reject(new Error(`stalled: ${JSON.stringify(queue.counts())}`))),
		]);
		expect(done.toSorted()).toEqual([...urls].sort());
		expect(queue.counts()).toMatchObject({ waiting: 0, delayed: 0, leased: 0, handled: urls.size });
	}

	test('whatever happens to them in whatever order', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.constantFrom(...STEPS), { maxLength: 60 }),
				fc.integer({ min: 1, max: 5 }),
				fc.integer({ min: 1, max: 6 }),
				crawl,
			),
			{ numRuns: 12, endOnFailure: true },
		);
	}, 30_000);
});

describe('commitSoon', () => {
	test('is not finished before all is stored', async () => {
		const queue = await openQueue();
		await queue.addRequest('http://a.example/');
		await queue.isEmpty();
		const ticket = await nextTicket(queue);
		await queue.commitSoon(ticket, pageOf(ticket.request));
		expect(queue.isDone).toBe(false);
		await until(() => queue.isDone);
		expect(queue.counts().handled).toBe(1);
	});

	test('links of a page are known once it is stored, not before', async () => {
		const queue = await openQueue();
		await queue.addRequest('http://a.example/');
		await queue.isEmpty();
		const ticket = await nextTicket(queue);
		const link = newRequest('/link');
		const stored = queue.commit(ticket, { ...pageOf(ticket.request), requests: [link] });
		expect(queue.isKnown(link.uniqueKey)).toBe(false);
		await stored;
		expect(queue.isKnown(link.uniqueKey)).toBe(true);
	});
});

test('an addition under way keeps the queue from being finished', async () => {
	const queue = await openQueue();
	await queue.isEmpty();
	await until(() => queue.isDone);
	const adding = queue.addRequest('http://a.example/');
	expect(await queue.isFinished()).toBe(false);
	await adding;
	expect(await queue.isFinished()).toBe(false);
});

test('a domain that asked for a pause gets it, also from the next run', async () => {
	const storage = await newStorage();
	const askedAt = Date.now();
	{
		await using queue = await openQueue({ storage });
		await queue.addRequests(['http://a.example/1', 'http://a.example/2']);
		await queue.isEmpty();
		const ticket = await nextTicket(queue);
		queue.answered(ticket, { status: 503, retryAfterMs: 400 });
		await queue.commit(ticket, pageOf(ticket.request));
	}
	await using queue = await openQueue({ storage });
	await queue.isEmpty();
	await until(() => queue.isReady);
	expect(Date.now() - askedAt).toBeGreaterThanOrEqual(399);
});

test('a fast domain does not wait for a slow one', async () => {
	await using sites = await startManyDomains({ domains: 2, pagesPerDomain: 20, delayMs: (n) => (n === 0 ? 0 : 300) });
	const queue = await openQueue({ domainLimits: { maxConcurrent: 2 } });
	const [fast, slow] = sites.domains;
	await queue.addRequests([...(slow?.pages ?? []), ...(fast?.pages ?? [])]);
	const work = async (): Promise<void> => {
		while ((fast?.log.requests.length ?? 0) < 20) {
			const ticket = (await queue.isEmpty()) ? undefined : queue.take();
			if (ticket === undefined) {
				await pause(1);
				continue;
			}
			ticket.lane.sent(ticket);
			await (await fetch(ticket.request.url)).text();
			queue.answered(ticket, { status: 200 });
			await queue.commitSoon(ticket, pageOf(ticket.request));
		}
	};
	await Promise.all(Array.from({ length: 4 }, work));
	expect(slow?.log.requests.length).toBeLessThanOrEqual(8);
	expect(Math.max(...sites.domains.map(({ log }) => log.maxInFlight()))).toBeLessThanOrEqual(2);
});

describe('closing', () => {
	test('does not wait for a robots.txt that never comes, and gives back what asked for it', async () => {
		await using server = await startServer(() => {});
		await using store = SqliteStore.open(':memory:');
		const queue = await openQueue({ store, respectRobotsTxtFile: true });
		await queue.addRequest(`${server.url}/p`);
		await queue.isEmpty();
		await until(() => server.log.hits('/robots.txt') === 1);
		await queue.close();
		expect(store.counts()).toMatchObject({ waiting: 1, leased: 0 });
		await pause(20);
		expect(await store.robots.read(server.url)).toBeUndefined();
	});

	test('leaves a store open that was passed in, and the file free otherwise', async () => {
		await using store = SqliteStore.open(':memory:');
		await (await openQueue({ store })).close();
		expect(await store.add([newRequest('/')])).toHaveLength(1);
		const storage = await newStorage();
		await (await openQueue({ storage })).close();
		await SqliteStore.open(storage).close();
	});

	test('a queue that cannot be made leaves no file locked', async () => {
		const storage = await newStorage();
		expect(() => new CrawlQueue({ storage, userAgent: 'bad\nagent' })).toThrow();
		expect(() => new CrawlQueue({ storage, maxActiveDomains: 0 })).toThrow('maxActiveDomains');
		await SqliteStore.open(storage).close();
	});

	test('lets the process end by itself, with retries, blocks and spacings still ahead', async () => {
		const source = new URL('../../src/', import.meta.url);
		const script = `
import { RequestQueue } from ${JSON.stringify(new URL('queue/request-queue.ts', source).href)};
const queue = new RequestQueue({ storage: ':memory:', respectRobotsTxtFile: false, domainLimits: { minTime: 60000, reservoir: 9, reservoirRefreshInterval: 1000 } });
await queue.addRequests(Array.from({ length: 40 }, (_, n) => 'http://d' + (n % 3) + '.example/' + n));
await queue.isEmpty();
while (!queue.isReady) await new Promise((resolve) => setTimeout(resolve, 5));
const ticket = queue.take();
ticket.lane.sent(ticket);
queue.answered(ticket, { status: 429, retryAfterMs: 100000 });
const outcome = { status: 'delayed', notBefore: Date.now() + 50000, retryCount: 1, error: 'x' };
await queue.commit(ticket, { id: ticket.request.id, retryCount: 0, outcome, requests: [], items: [] });
await queue.close();
console.log('closed');
`;
		const run = promisify(execFile);
		const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { timeout: 8_000 });
		expect(stdout).toBe('closed\n');
	}, 15_000);
});

test('a lost storage is told to whoever asks next', async () => {
	const store = SqliteStore.open(':memory:');
	const queue = await openQueue({ store });
	await queue.addRequests(['http://a.example/1', 'http://a.example/2']);
	await queue.isEmpty();
	const ticket = await nextTicket(queue);
	await store.close();
	await queue.commitSoon(ticket, pageOf(ticket.request));
	await until(() => queue.isReady === false);
	await expect(queue.isFinished()).rejects.toMatchObject({ code: 'ORB_STORAGE_CLOSED' });
	await expect(queue.fetchNextRequest()).rejects.toMatchObject({ code: 'ORB_STORAGE_CLOSED' });
});
