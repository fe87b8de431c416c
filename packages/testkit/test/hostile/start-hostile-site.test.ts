import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { HostileSite } from '../../src/index.ts';
import { startHostileSite } from '../../src/index.ts';
import { linksOf } from '../tiny-crawler.ts';
import { rawGet } from './raw-get.ts';

let site: HostileSite;

beforeAll(async () => {
	site = await startHostileSite();
	return () => site.close();
});

const get = (path: string, init?: RequestInit): Promise<Response> => fetch(site.url + path, init);

test('the start page links to every behaviour', async () => {
	const links = linksOf(await (await get('/')).text(), `${site.url}/`);
	expect(links).toEqual(site.routes.map(({ path }) => site.url + path));
	for (const path of ['/endless-body', '/gzip-bomb', '/bad-chunks', '/flaky', '/status/404']) {
		expect(site.routes.map((route) => route.path)).toContain(path);
	}
});

describe('without end', () => {
	test('/endless-body goes on for as long as it is read', async () => {
		let bytes = 0;
		for await (const chunk of (await get('/endless-body')).body ?? []) {
			bytes += chunk.byteLength;
			if (bytes > 20_000_000) break;
		}
		expect(bytes).toBeGreaterThan(20_000_000);
	});

	test('/slow-drip sends byte by byte', async () => {
		const response = await get('/slow-drip?ms=5&bytes=8');
		expect(await response.text()).toBe('........');
		const [request] = site.log.select('/slow-drip');
		expect((request?.endedAt ?? 0) - (request?.at ?? 0)).toBeGreaterThanOrEqual(32);
	});

	test('/never-answers sends no head, /headers-only no body', async () => {
		await expect(get('/never-answers', { signal: AbortSignal.timeout(50) })).rejects.toThrow();
		const response = await get('/headers-only', { signal: AbortSignal.timeout(200) });
		expect(response.status).toBe(200);
		await expect(response.text()).rejects.toThrow();
	});
});

describe('too large', () => {
	test('/gzip-bomb is correct gzip of what it says', async () => {
		const packed = await rawGet(site.port, '/gzip-bomb?mb=8');
		expect(packed.body.byteLength).toBeLessThan(40_000);
		expect(gunzipSync(packed.body).byteLength).toBe(8 * 1024 * 1024);
		expect((await (await get('/gzip-bomb?mb=2')).text()).startsWith('<p>0</p><p>0</p>')).toBe(true);
	});

	test('/many-links', async () => {
		const links = linksOf(await (await get('/many-links')).text(), site.url);
		expect(new Set(links).size).toBe(100_000);
		expect((await fetch(links[99_999] ?? '')).status).toBe(200);
	});

	test('/huge-headers is more than clients take', async () => {
		await expect(get('/huge-headers')).rejects.toThrow();
		expect((await rawGet(site.port, '/huge-headers?kb=100')).head.length).toBeGreaterThan(100 * 1024);
	});

	test('/deep-nesting', async () => {
		const html = await (await get('/deep-nesting?depth=500')).text();
		expect(html.match(/<div>/g)).toHaveLength(500);
		expect(linksOf(html, site.url)).toEqual([`${site.url}/leaf/0`]);
	});
});

describe('against HTTP', () => {
	test.each(['/reset', '/half-body', '/bad-chunks'])('%s is an error for a client', async (path) => {
		await expect(get(path).then((response) => response.text())).rejects.toThrow();
	});

	test('/half-body stops short of its length, /wrong-length goes beyond', async () => {
		const half = await rawGet(site.port, '/half-body');
		expect(half.body.byteLength).toBe(Number(/content-length: (\d+)/i.exec(half.head)?.[1]) / 2);
		const long = await rawGet(site.port, '/wrong-length');
		expect(long.head).toContain('Content-Length: 20');
		expect(long.body.byteLength).toBeGreaterThan(1000);
	});

	test('/bad-chunks begins well', async () => {
		const { body } = await rawGet(site.port, '/bad-chunks');
		expect(body.toString()).toMatch(/^[0-9a-f]+\r\n<!doctype html>.*\r\nzz-not-hex\r\n/s);
	});

	test('/reset leaves status 0 in the log', async () => {
		await expect(get('/reset?log')).rejects.toThrow();
		expect(site.log.select('/reset?log')[0]).toMatchObject({ status: 0, endedAt: expect.any(Number) });
	});
});

describe('redirects', () => {
	test.each([
		['/redirect-loop', '/redirect-loop-back'],
		['/redirect-loop-back', '/redirect-loop'],
		['/redirect-to-file', 'file:///etc/passwd'],
		['/redirect-chain?hop=4', '/redirect-chain?hop=5'],
		['/redirect-nowhere', null],
	])('%s leads to %s', async (path, location) => {
		const response = await get(path, { redirect: 'manual' });
		expect([response.status, response.headers.get('location')]).toEqual([302, location]);
	});

	test('no client gets to the end of the loop', async () => {
		await expect(get('/redirect-loop')).rejects.toThrow();
	});
});

describe('odd content', () => {
	test.each([
		['/binary', 'application/octet-stream', 4096],
		['/binary?type=text/html', 'text/html', 4096],
		['/empty', 'text/html; charset=utf-8', 0],
	])('%s is %s of %i bytes', async (path, type, length) => {
		const response = await get(path);
		expect(response.headers.get('content-type')).toBe(type);
		expect((await response.bytes()).byteLength).toBe(length);
	});

	test('/no-content-type has none', async () => {
		const response = await get('/no-content-type');
		expect(response.headers.has('content-type')).toBe(false);
		expect(linksOf(await response.text(), site.url)).toHaveLength(1);
	});

	test('/latin1 is not UTF-8', async () => {
		const bytes = await (await get('/latin1')).bytes();
		expect(new TextDecoder('latin1').decode(bytes)).toContain('Café Größe');
		expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
	});
});
