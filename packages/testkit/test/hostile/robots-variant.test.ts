import { expect, test } from 'vitest';
import { startHostileSite } from '../../src/index.ts';

const robots = (url: string, init?: RequestInit): Promise<Response> => fetch(`${url}/robots.txt`, init);

test.each([
	['ok', 200, 'User-agent: *\nAllow: /\n'],
	['404', 404, 'No rules here\n'],
	['503', 503, 'No rules here\n'],
	['redirect', 200, 'User-agent: *\nDisallow: /leaf/\n'],
	['User-agent: me\nDisallow: /\n', 200, 'User-agent: me\nDisallow: /\n'],
])('%s', async (variant, status, body) => {
	await using site = await startHostileSite({ robots: variant });
	const response = await robots(site.url);
	expect([response.status, await response.text()]).toEqual([status, body]);
	expect(response.redirected).toBe(variant === 'redirect');
});

test('hang', async () => {
	await using site = await startHostileSite({ robots: 'hang' });
	await expect(robots(site.url, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
});

test('reset', async () => {
	await using site = await startHostileSite({ robots: 'reset' });
	await expect(robots(site.url)).rejects.toThrow();
});

test('endless', async () => {
	await using site = await startHostileSite({ robots: 'endless' });
	let bytes = 0;
	for await (const chunk of (await robots(site.url)).body ?? []) {
		bytes += chunk.byteLength;
		if (bytes > 5_000_000) break;
	}
	expect(bytes).toBeGreaterThan(5_000_000);
	expect((await fetch(`${site.url}/leaf/1`)).status).toBe(200);
});
