import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { pause } from '../../src/server/pause.ts';
import { startServer } from '../../src/server/start-server.ts';

test('counts by path, by URL and by predicate', async () => {
	await using server = await startServer(() => Promise.reject(new Error('every answer is 500')));
	for (const path of ['/a', '/a?x=1', '/a?x=1', '/b']) await (await fetch(server.url + path)).text();
	expect(server.log.hits()).toBe(4);
	expect(server.log.hits('/a')).toBe(3);
	expect(server.log.hits('/a?x=1')).toBe(2);
	expect(server.log.hits(({ status }) => status === 500)).toBe(4);
	expect(server.log.counts()).toEqual(
		new Map([
			['/a', 1],
			['/a?x=1', 2],
			['/b', 1],
		]),
	);
	expect(server.log.counts(({ method }) => method)).toEqual(new Map([['GET', 4]]));
});

test('knows exactly how many requests were in flight', async () => {
	const waiting: (() => void)[] = [];
	await using server = await startServer(async (_, response) => {
		await new Promise<void>((resolve) => waiting.push(resolve));
		response.end('done');
	});
	const first = ['/a', '/a', '/b', '/b', '/b'].map((path) => fetch(server.url + path).then((r) => r.text()));
	while (waiting.length < 5) await sleep(1);
	expect(server.log.inFlight).toBe(5);
	for (const release of waiting.splice(0)) release();
	await Promise.all(first);
	const last = fetch(`${server.url}/a`).then((r) => r.text());
	while (waiting.length < 1) await sleep(1);
	waiting[0]?.();
	await last;

	expect(server.log.maxInFlight()).toBe(5);
	expect(server.log.maxInFlight('/a')).toBe(2);
	expect(server.log.maxInFlight('/b')).toBe(3);
	expect(server.log.requests.map(({ inFlight }) => inFlight)).toEqual([1, 2, 3, 4, 5, 1]);
});

test('one request after another is never two in flight', async () => {
	await using server = await startServer((_, response) => void response.end('x'.repeat(300_000)));
	for (let i = 0; i < 50; i += 1) await (await fetch(server.url)).text();
	expect(server.log.maxInFlight()).toBe(1);
});

test('a request is in flight until its response has ended, with its final status', async () => {
	await using server = await startServer(async (_, response) => {
		response.writeHead(201).write('first half');
		await pause(30, response);
		response.end('second half');
	});
	await (await fetch(server.url)).text();
	const [request] = server.log.requests;
	expect(request).toMatchObject({ method: 'GET', url: '/', status: 201, host: new URL(server.url).host });
	expect((request?.endedAt ?? 0) - (request?.at ?? 0)).toBeGreaterThanOrEqual(28);
});

test('a client that leaves ends its request, with status 0 if nothing was sent', async () => {
	await using server = await startServer(() => {});
	await expect(fetch(server.url, { signal: AbortSignal.timeout(20) })).rejects.toThrow();
	while (server.log.inFlight > 0) await sleep(1);
	expect(server.log.requests[0]).toMatchObject({ status: 0, endedAt: expect.any(Number) });
});

test('the least gap between arrivals', async () => {
	await using server = await startServer({ '/a': 'a', '/b': 'b' });
	const get = async (path: string): Promise<void> => void (await (await fetch(server.url + path)).text());
	expect(server.log.minGapMs()).toBe(Number.POSITIVE_INFINITY);
	await get('/a');
	await get('/b');
	await sleep(40);
	await get('/a');
	expect(server.log.minGapMs('/b')).toBe(Number.POSITIVE_INFINITY);
	expect(server.log.minGapMs('/a')).toBeGreaterThanOrEqual(38);
	expect(server.log.minGapMs()).toBeLessThan(server.log.minGapMs('/a'));
});

test('distinct user agents in order of appearance', async () => {
	await using server = await startServer({ '/': 'hello' });
	for (const agent of ['b/1', 'a/1', 'b/1'])
		await (await fetch(server.url, { headers: { 'User-Agent': agent } })).text();
	expect(server.log.userAgents()).toEqual(['b/1', 'a/1']);
});
