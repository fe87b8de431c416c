import { expect, test } from 'vitest';
import { pause } from '../../src/server/pause.ts';
import { startServer } from '../../src/server/start-server.ts';

test('a pause ends when the connection does', async () => {
	const woken = Promise.withResolvers<boolean>();
	await using server = await startServer(async (_, response) => {
		await pause(600_000, response);
		woken.resolve(response.destroyed);
	});
	await expect(fetch(server.url, { signal: AbortSignal.timeout(20) })).rejects.toThrow();
	expect(await woken.promise).toBe(true);
});

test('a pause lasts as long as it says', async () => {
	let lasted = 0;
	await using server = await startServer(async (_, response) => {
		const from = performance.now();
		await pause(25, response);
		lasted = performance.now() - from;
		response.end();
	});
	await fetch(server.url);
	expect(lasted).toBeGreaterThanOrEqual(24);
});
