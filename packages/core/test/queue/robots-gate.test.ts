import { HttpClient } from '@orbweaver/http';
import { type Routes, startServer } from '@orbweaver/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { OPEN_GATE, openRobotsGate, type RobotsGate } from '../../src/queue/robots-gate.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { until } from '../lanes/pause.ts';

async function gateOver(routes: Routes | Parameters<typeof startServer>[0]): Promise<{
	gate: RobotsGate;
	store: SqliteStore;
	server: Awaited<ReturnType<typeof startServer>>;
}> {
	const server = await startServer(routes);
	const store = SqliteStore.open(':memory:');
	const client = new HttpClient();
	onTestFinished(async () => {
		await client.destroy();
		await store.close();
		await server.close();
	});
	return { gate: openRobotsGate(store, client, { userAgentToken: 'bot', maxCrawlDelaySecs: 3 }), store, server };
}

test('asks once for each origin, then answers at once', async () => {
	const { gate, server } = await gateOver({
		'/robots.txt': { body: 'User-agent: *\nDisallow: /no\nCrawl-delay: 0.5' },
	});
	const answers = await Promise.all([gate.check(`${server.url}/yes`), gate.check(`${server.url}/no/x?y`)]);
	expect(answers).toEqual([{ kind: 'allowed', crawlDelayMs: 500 }, { kind: 'disallowed' }]);
	expect(gate.check(`${server.url}/no`)).toEqual({ kind: 'disallowed' });
	expect(server.log.hits()).toBe(1);
});

test('a crawl-delay has a limit', async () => {
	const { gate, server } = await gateOver({ '/robots.txt': { body: 'User-agent: bot\nCrawl-delay: 4000' } });
	expect(await gate.check(`${server.url}/`)).toEqual({ kind: 'allowed', crawlDelayMs: 3_000 });
});

test('a site that does not say must be waited for', async () => {
	const { gate, server } = await gateOver({ '/robots.txt': { status: 503 } });
	const verdict = await gate.check(`${server.url}/p`);
	expect(verdict).toMatchObject({ kind: 'unavailable', error: { code: 'ORB_ROBOTS_UNAVAILABLE' } });
});

test('closing breaks a fetch off, and it is not held against the site', async () => {
	const { gate, store, server } = await gateOver(() => {});
	const verdict = gate.check(`${server.url}/p`);
	await until(() => server.log.hits() === 1);
	gate.close();
	expect(await verdict).toMatchObject({ kind: 'unavailable' });
	expect(await store.robots.read(server.url)).toBeUndefined();
});

test('the open gate lets everything through', () => {
	expect(OPEN_GATE.check('http://a.example/')).toEqual({ kind: 'allowed', crawlDelayMs: 0 });
	expect(OPEN_GATE.close()).toBeUndefined();
});
