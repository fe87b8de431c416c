import { expect, test } from 'vitest';
import { startServer } from '../../src/server/start-server.ts';

test('exact paths win over prefixes, longer prefixes over shorter ones', async () => {
	await using server = await startServer({ '/a/*': 'short', '/a/b/*': 'long', '/a/b/c': 'exact', '*': 'any' });
	const get = async (path: string): Promise<string> => (await fetch(server.url + path)).text();
	expect(await Promise.all(['/a/x', '/a/b/x', '/a/b/c?q=1', '/'].map(get))).toEqual(['short', 'long', 'exact', 'any']);
});

test('replies carry status, headers and bytes', async () => {
	await using server = await startServer({
		'/bytes': { status: 203, headers: { 'Content-Type': 'image/png', 'X-Own': '1' }, body: Uint8Array.of(1, 2, 255) },
		'/none': { status: 204 },
	});
	const response = await fetch(`${server.url}/bytes`);
	expect(response.status).toBe(203);
	expect(response.headers.get('content-type')).toBe('image/png');
	expect(response.headers.get('x-own')).toBe('1');
	expect(await response.bytes()).toEqual(Uint8Array.of(1, 2, 255));
	expect((await fetch(`${server.url}/none`)).status).toBe(204);
});

test('text is HTML in UTF-8, handlers get the URL, the rest is 404', async () => {
	await using server = await startServer({
		'/text': 'é',
		'/echo/*': (_, response, url) => void response.end(url.searchParams.get('q')),
	});
	const text = await fetch(`${server.url}/text`);
	expect(text.headers.get('content-type')).toBe('text/html; charset=utf-8');
	expect(text.headers.get('content-length')).toBe('2');
	expect(await (await fetch(`${server.url}/echo/me?q=hello`)).text()).toBe('hello');
	expect((await fetch(`${server.url}/nothing`)).status).toBe(404);
});
