import { expect, test } from 'vitest';
import { startEcho } from '../../src/index.ts';

test('the query says how long and how it may be stored', async () => {
	await using echo = await startEcho();
	const cacheControl = async (query: string): Promise<string | null> =>
		(await fetch(`${echo.url}/cache/1${query}`)).headers.get('cache-control');
	expect(await cacheControl('')).toBeNull();
	expect(await cacheControl('?maxAge=60')).toBe('max-age=60');
	expect(await cacheControl('?cacheControl=no-store')).toBe('no-store');
	expect(await cacheControl('?maxAge=5&cacheControl=private, must-revalidate')).toBe(
		'max-age=5, private, must-revalidate',
	);
});

test('an ETag is worth a 304 until the next version', async () => {
	await using echo = await startEcho();
	const url = `${echo.url}/cache/1?etag=a&maxAge=9`;
	const ask = (etag: string): Promise<Response> => fetch(url, { headers: { 'if-none-match': etag } });
	const first = await fetch(url);
	expect([first.status, first.headers.get('etag')]).toEqual([200, '"a-1"']);
	expect(await first.json()).toEqual({ resource: 1, version: 1, variant: {} });
	for (const same of ['"a-1"', 'W/"a-1"', '"x", "a-1"', '*']) {
		const unchanged = await ask(same);
		expect([unchanged.status, await unchanged.text()]).toEqual([304, '']);
		expect(Object.fromEntries(unchanged.headers)).toMatchObject({
			etag: '"a-1"',
			'cache-control': 'max-age=9',
			'content-type': 'application/json',
			date: expect.any(String),
		});
	}
	expect((await ask('"a"')).status).toBe(200);
	expect(await (await fetch(`${echo.url}/cache/1`, { method: 'POST' })).json()).toEqual({ resource: 1, version: 2 });
	const changed = await ask('"a-1"');
	expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"a-2"']);
	expect(await changed.json()).toMatchObject({ version: 2 });
	expect(await (await fetch(`${echo.url}/cache/2`)).json()).toMatchObject({ version: 1 });
});

test('a weak ETag is weak', async () => {
	await using echo = await startEcho();
	const url = `${echo.url}/cache/1?etag=W/a`;
	expect((await fetch(url)).headers.get('etag')).toBe('W/"a-1"');
	expect((await fetch(url, { headers: { 'if-none-match': '"a-1"' } })).status).toBe(304);
	expect((await fetch(url, { headers: { 'if-match': '"a-1"' } })).status).toBe(412);
});

test('Last-Modified is worth a 304 until the next version', async () => {
	await using echo = await startEcho();
	const url = `${echo.url}/cache/1?lastModified`;
	const modified = (await fetch(url)).headers.get('last-modified') ?? '';
	expect(modified).toBe('Mon, 01 Jan 2024 00:00:00 GMT');
	const ask = async (since: string): Promise<number> =>
		(await fetch(url, { headers: { 'if-modified-since': since } })).status;
	expect(await ask(modified)).toBe(304);
	expect(await ask('Sun, 31 Dec 2023 23:59:59 GMT')).toBe(200);
	expect(await ask('yesterday')).toBe(200);
	await fetch(url, { method: 'PUT' });
	expect(await ask(modified)).toBe(200);
	expect((await fetch(url)).headers.get('last-modified')).toBe('Tue, 02 Jan 2024 00:00:00 GMT');
});

test('an ETag counts for more than a date', async () => {
	await using echo = await startEcho();
	const headers = { 'if-none-match': '"other"', 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' };
	expect((await fetch(`${echo.url}/cache/1?etag=a&lastModified`, { headers })).status).toBe(200);
});

test('without a validator a condition means nothing', async () => {
	await using echo = await startEcho();
	const headers = { 'if-none-match': '"a-1"', 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' };
	expect((await fetch(`${echo.url}/cache/1`, { headers })).status).toBe(200);
});

test('what varies differs, and so does its ETag', async () => {
	await using echo = await startEcho();
	const url = `${echo.url}/cache/1?vary=Accept-Language, X-Tenant&etag=a`;
	const ask = (language: string, etag = ''): Promise<Response> =>
		fetch(url, { headers: { 'accept-language': language, ...(etag === '' ? {} : { 'if-none-match': etag }) } });
	const [german, french] = [await ask('de'), await ask('fr')];
	expect(german.headers.get('vary')).toBe('Accept-Language, X-Tenant');
	expect(await german.json()).toMatchObject({ variant: { 'accept-language': 'de', 'x-tenant': '' } });
	const tag = german.headers.get('etag') ?? '';
	expect(tag).not.toBe(french.headers.get('etag'));
	expect([(await ask('de', tag)).status, (await ask('fr', tag)).status]).toEqual([304, 200]);
	expect((await fetch(`${echo.url}/cache/1?vary=*`)).headers.get('vary')).toBe('*');
});
