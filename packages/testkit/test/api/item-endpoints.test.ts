import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Api, ApiOptions } from '../../src/index.ts';
import { startApi } from '../../src/index.ts';
import type { Call } from './api-caller.ts';
import { loggedIn, login } from './api-caller.ts';

async function open(options: ApiOptions = {}): Promise<{ api: Api; call: Call }> {
	const api = await startApi({ tokenLifetimeMs: 600_000, ...options });
	onTestFinished(() => api.close());
	return { api, call: await loggedIn(api) };
}

test('pages follow one another until the last', async () => {
	const { call } = await open({ itemCount: 7, pageSize: 3 });
	const ids: number[] = [];
	const links: (string | null)[] = [];
	for (let path: string | null = '/items'; path !== null; ) {
		const { json, headers } = await call('GET', path);
		const page = json as { items: { id: number }[]; page: number; pages: number; total: number; next: string | null };
		expect(page).toMatchObject({ page: links.length + 1, pages: 3, total: 7 });
		ids.push(...page.items.map(({ id }) => id));
		links.push(headers.get('link'));
		path = page.next;
	}
	expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7]);
	expect(links).toEqual(['</items?page=2>; rel="next"', '</items?page=3>; rel="next"', null]);
});

test('a page past the end is empty, one that is no number is 400', async () => {
	const { call } = await open({ itemCount: 7, pageSize: 3 });
	expect((await call('GET', '/items?page=4')).json).toEqual({ items: [], page: 4, pages: 3, total: 7, next: null });
	for (const page of ['0', '-1', '1.5', 'x', '']) {
		expect((await call('GET', `/items?page=${page}`)).status).toBe(400);
	}
});

test('an item is created, read, replaced, patched and deleted', async () => {
	const { api, call } = await open({ itemCount: 1 });
	const created = await call('POST', '/items', { id: 99, name: 'pen', size: { cm: 14, inch: 5.5 } });
	expect([created.status, created.headers.get('location')]).toEqual([201, '/items/2']);
	expect(created.json).toEqual({ id: 2, name: 'pen', size: { cm: 14, inch: 5.5 } });
	expect((await call('GET', '/items/2')).json).toEqual(created.json);
	const patched = await call('PATCH', '/items/2', { size: { inch: null }, colour: 'red', id: 7 });
	expect(patched.json).toEqual({ id: 2, name: 'pen', size: { cm: 14 }, colour: 'red' });
	expect((await call('PUT', '/items/2', { name: 'ink' })).json).toEqual({ id: 2, name: 'ink' });
	expect(api.items).toEqual([
		{ id: 1, name: 'Item 1' },
		{ id: 2, name: 'ink' },
	]);
	expect((await call('DELETE', '/items/2')).status).toBe(204);
	expect(api.items).toEqual([{ id: 1, name: 'Item 1' }]);
	expect((await call('POST', '/items', { name: 'next' })).json).toEqual({ id: 3, name: 'next' });
});

test('what is not there is 404, what is no object 400, what is not possible 405', async () => {
	const { call } = await open({ itemCount: 1 });
	for (const path of ['/items/2', '/items/0', '/items/x', '/items/', '/items/1/2', '/items/1e0']) {
		for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
			const body = method === 'PUT' || method === 'PATCH' ? {} : undefined;
			expect((await call(method, path, body)).status, `${method} ${path}`).toBe(404);
		}
	}
	for (const body of [[], 'null', '1']) expect((await call('POST', '/items', body)).status).toBe(400);
	const post = await call('POST', '/items/1', {});
	expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, PUT, PATCH, DELETE']);
	expect((await call('GET', '/nothing')).status).toBe(404);
});

test('HEAD has the head of GET', async () => {
	const { call } = await open();
	const [get, head] = [await call('GET', '/items/1'), await call('HEAD', '/items/1')];
	expect([head.status, head.json]).toEqual([200, undefined]);
	expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
});

test('the same Idempotency-Key creates one item, however often and however parallel', async () => {
	const { api, call } = await open({ itemCount: 0 });
	const post = (key: string, name: string): ReturnType<Call> =>
		call('POST', '/items', { name }, { 'idempotency-key': key });
	const answers = await Promise.all(Array.from({ length: 8 }, () => post('k1', 'pen')));
	for (const { status, json, headers } of answers) {
		expect([status, json, headers.get('location')]).toEqual([201, { id: 1, name: 'pen' }, '/items/1']);
	}
	expect((await post('k2', 'pen')).json).toEqual({ id: 2, name: 'pen' });
	expect((await call('POST', '/items', { name: 'pen' })).json).toEqual({ id: 3, name: 'pen' });
	expect((await post('k1', 'ink')).status).toBe(422);
	expect(api.items).toHaveLength(3);
});

test('keys of different users are different keys', async () => {
	const api = await startApi({ users: { ada: 'a', bob: 'b' }, itemCount: 0, tokenLifetimeMs: 600_000 });
	onTestFinished(() => api.close());
	for (const [user, password] of [
		['ada', 'a'],
		['bob', 'b'],
	]) {
		const tokens = await fetch(`${api.url}/login`, { method: 'POST', body: JSON.stringify({ user, password }) });
		const { access_token } = (await tokens.json()) as { access_token: string };
		const headers = { authorization: `Bearer ${access_token}`, 'idempotency-key': 'same' };
		await fetch(`${api.url}/items`, { method: 'POST', headers, body: JSON.stringify({ user }) });
	}
	expect(api.items).toEqual([
		{ id: 1, user: 'ada' },
		{ id: 2, user: 'bob' },
	]);
});

test('an item whose answer was lost is not created again', async () => {
	const { api } = await open({ itemCount: 0, delayMs: 200 });
	const { access_token } = await login(api);
	const request = {
		method: 'POST',
		headers: { authorization: `Bearer ${access_token}`, 'idempotency-key': 'k1' },
		body: JSON.stringify({ name: 'once' }),
	};
	const impatience = new AbortController();
	const lost = fetch(`${api.url}/items`, { ...request, signal: impatience.signal }).catch(() => undefined);
	while (api.items.length === 0) await sleep(1);
	impatience.abort();
	await lost;
	expect(await (await fetch(`${api.url}/items`, request)).json()).toEqual({ id: 1, name: 'once' });
	expect(api.items).toHaveLength(1);
});
