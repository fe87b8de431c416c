import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const index = new URL('../src/index.ts', import.meta.url).href;

/** Starts every kind of server, leaves requests hanging on each, closes all, and says what is still in flight. */
const script = `
import * as testkit from ${JSON.stringify(index)};
const servers = await Promise.all([
	testkit.startServer(() => {}),
	testkit.startShop({ slowMs: 60000 }),
	testkit.startGeneratedSite({ pages: 10 }),
	testkit.startStaticSite(process.cwd()),
	testkit.startManyDomains({ domains: 3, delayMs: () => 600000 }),
	testkit.startHostileSite({ robots: 'endless' }),
	testkit.startFileServer({ files: { stalled: { content: 'x', stallAfter: 0 }, slow: { size: 9e9, seed: 1, bytesPerSecond: 9 } } }),
	testkit.startWebSocketServer(),
	testkit.startApi({ delayMs: 600000 }),
	testkit.startAuthSite(),
	testkit.startEcho(),
]);
const urls = servers.flatMap((server) => server.url ?? server.domains.map(({ url }) => url));
const paths = ['/', '/slow/1', '/never-answers', '/slow-drip', '/endless-body', '/robots.txt', '/stalled', '/slow', '/delay/600000', '/drip/2?ms=600000'];
const requests = Promise.allSettled(
	urls.flatMap((url) => paths.map((path) => fetch(url + path).then((r) => r.body.getReader().read()))),
);
const { wsUrl, vanish } = servers.find((server) => server.wsUrl);
for (const path of ['/echo', '/feed', '/flood']) new WebSocket(wsUrl + path).onerror = () => {};
await new Promise((resolve) => setTimeout(resolve, 200));
vanish();
await Promise.all(servers.map((server) => server.close()));
await requests;
console.log(JSON.stringify(servers.map((server) => server.log.inFlight)));
`;

test('closed servers leave nothing in flight and let the process end by itself', async () => {
	const run = promisify(execFile);
	const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { timeout: 20_000 });
	expect(JSON.parse(stdout)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
}, 30_000);
