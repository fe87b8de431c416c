import { describe, expect, it } from 'vitest';
import { cachedClient } from './support/cached-client.ts';
import { type Origin, startOrigin } from './support/origin.ts';

/** Pages that are fresh for an hour and change with every request that is no GET. */
async function changingOrigin(status = 200, headers: Record<string, string> = {}): Promise<Origin> {
	let version = 1;
	return await startOrigin(({ method }) => {
		if (method === 'GET') return { headers: { 'cache-control': 'max-age=3600' }, body: `version ${version}` };
		version += 1;
		return { status, headers };
	});
}

describe('after an unsafe request a page is asked for again', () => {
	it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'MOVE'])('%s', async (method) => {
		const origin = await changingOrigin();
		const client = cachedClient();
		await client.get(`${origin.url}/a?b`);
		await client.get(`${origin.url}/a?b`, {}, { method });
		expect((await client.get(`${origin.url}/a?b`)).text).toBe('version 2');
		expect(origin.lines).toEqual(['GET /a?b', `${method} /a?b`, 'GET /a?b']);
	});

	it.each([201, 204, 303])('answered %i', async (status) => {
		const origin = await changingOrigin(status);
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		await client.get(`${origin.url}/`, {}, { method: 'POST' });
		expect((await client.get(`${origin.url}/`)).text).toBe('version 2');
	});

	it('with whatever credentials and languages it was stored', async () => {
		const origin = await changingOrigin();
		const client = cachedClient();
		await client.get(`${origin.url}/`, { authorization: 'Bearer a' });
		await client.get(`${origin.url}/`, { authorization: 'Bearer b' }, { method: 'PUT' });
		expect((await client.get(`${origin.url}/`, { authorization: 'Bearer a' })).text).toBe('version 2');
	});
});

describe('and is not', () => {
	it.each([400, 404, 500])('when it was answered %i', async (status) => {
		const origin = await changingOrigin(status);
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		await client.get(`${origin.url}/`, {}, { method: 'POST' });
		expect((await client.get(`${origin.url}/`)).text).toBe('version 1');
	});

	it.each(['HEAD', 'OPTIONS'])('after %s', async (method) => {
		const origin = await changingOrigin();
		const client = cachedClient();
		await client.get(`${origin.url}/`);
		await client.get(`${origin.url}/`, { 'cache-control': 'no-cache' }, { method });
		expect((await client.get(`${origin.url}/`)).text).toBe('version 1');
	});

	it('when it is another page', async () => {
		const origin = await changingOrigin();
		const client = cachedClient();
		await client.get(`${origin.url}/a`);
		await client.get(`${origin.url}/b`, {}, { method: 'POST' });
		expect((await client.get(`${origin.url}/a`)).text).toBe('version 1');
	});
});

describe('the answer may name other pages', () => {
	it.each(['location', 'content-location'])('%s, of the same origin', async (name) => {
		const origin = await changingOrigin(201, { [name]: '../new?x#fragment' });
		const client = cachedClient();
		await client.get(`${origin.url}/new?x`);
		await client.get(`${origin.url}/list/all`, {}, { method: 'POST' });
		expect((await client.get(`${origin.url}/new?x`)).text).toBe('version 2');
	});

	it('but of no other origin', async () => {
		const other = await changingOrigin();
		const origin = await changingOrigin(201, { location: `${other.url}/new`, 'content-location': 'http://[' });
		const client = cachedClient();
		await client.get(`${other.url}/new`);
		await client.get(`${origin.url}/`, {}, { method: 'POST' });
		expect((await client.get(`${other.url}/new`)).cacheStatus).toBe('hit');
	});
});

it('a response on its way during the change is not stored after it', async () => {
	const origin = await changingOrigin();
	const client = cachedClient();
	const before = await client.send(`${origin.url}/`);
	await client.get(`${origin.url}/`, {}, { method: 'PUT' });
	const { bytes } = await before.body.collect({ maxBytes: 100, overflow: 'error' });
	expect(bytes.toString()).toBe('version 1');
	expect(await client.get(`${origin.url}/`)).toMatchObject({ text: 'version 2' });
	expect(await client.get(`${origin.url}/`)).toMatchObject({ text: 'version 2', cacheStatus: 'hit' });
});

it('a slow response does not replace a newer one', async () => {
	const origin = await changingOrigin();
	const client = cachedClient();
	const slow = await client.send(`${origin.url}/`);
	client.wait(1);
	// Another client changes the page; this one knows nothing of it.
	await fetch(`${origin.url}/`, { method: 'PUT' });
	expect((await client.get(`${origin.url}/`)).text).toBe('version 2');
	await slow.body.collect({ maxBytes: 100, overflow: 'error' });
	expect(await client.get(`${origin.url}/`)).toMatchObject({ text: 'version 2', cacheStatus: 'hit' });
});
