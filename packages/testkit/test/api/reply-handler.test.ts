import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Problem } from '../../src/api/problem.ts';
import { replyHandler } from '../../src/api/reply-handler.ts';
import { startServer } from '../../src/index.ts';

test('the work is done before the delay, and stays done when the client leaves', async () => {
	let done = 0;
	const handler = replyHandler(() => {
		done += 1;
		return { body: 'too late' };
	}, 3_600_000);
	await using server = await startServer(handler);
	const impatience = new AbortController();
	const lost = fetch(server.url, { signal: impatience.signal }).catch(() => 'lost');
	while (done === 0) await sleep(1);
	expect(server.log.inFlight).toBe(1);
	impatience.abort();
	expect(await lost).toBe('lost');
	while (server.log.inFlight > 0) await sleep(1);
	expect(done).toBe(1);
});

test('a problem is an answer, any other error is 500', async () => {
	await using server = await startServer(
		replyHandler((_, url) => {
			if (url.pathname === '/teapot') throw new Problem(418, 'No coffee', { 'X-Own': '1' });
			throw new Error('a mistake');
		}),
	);
	const teapot = await fetch(`${server.url}/teapot`);
	expect([teapot.status, teapot.headers.get('x-own')]).toEqual([418, '1']);
	expect(teapot.headers.get('content-type')).toBe('application/problem+json');
	expect(await teapot.json()).toEqual({ type: 'about:blank', title: "I'm a Teapot", status: 418, detail: 'No coffee' });
	expect((await fetch(server.url)).status).toBe(500);
});
