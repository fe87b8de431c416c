import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startNginx } from '../../src/server/nginx.ts';
import { startNodeServer } from '../../src/server/node-server.ts';
import { temporaryFolder } from '../../src/temporary-folder.ts';

describe.each([
	{ name: 'nginx', start: startNginx },
	{ name: 'the static server', start: startNodeServer },
])('$name', ({ start }) => {
	test('serves files that are written after its start, counts requests, and ends', async (context) => {
		await using folder = await temporaryFolder('server-test');
		const server = await start(folder.path);
		if (server === undefined) return context.skip('it is not installed here');
		await using _ = server;
		await writeFile(join(folder.path, 'index.html'), '<a href="/page">');

		const before = await server.requests();
		const page = await fetch(`${server.url}/?view=print`);
		expect(page.headers.get('content-type')).toMatch(/^text\/html/);
		expect(await page.text()).toBe('<a href="/page">');
		expect((await fetch(`${server.url}/missing`)).status).toBe(404);
		expect((await server.requests()) - before).toBe(2);

		await server[Symbol.asyncDispose]();
		await expect(fetch(server.url)).rejects.toThrow('fetch failed');
	});
});
