import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startApi } from '../../src/index.ts';
import { caller, loggedIn, login } from './api-caller.ts';

/** Longer than any test may take. */
const longLived = { tokenLifetimeMs: 600_000 };

test('a login gives tokens, the tokens let in', async () => {
	await using api = await startApi({ tokenLifetimeMs: 60_500 });
	const tokens = await login(api);
	expect(tokens).toEqual({
		access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
		token_type: 'Bearer',
		expires_in: 60,
		refresh_token: expect.any(String),
	});
	const me = await caller(api, tokens.access_token)('GET', '/me');
	expect([me.status, me.json]).toEqual([200, { user: api.user }]);
	expect([api.logins, api.refreshes]).toEqual([1, 0]);
	expect(api.log.hits('/login')).toBe(1);
});

test('only the right user with the right password may log in', async () => {
	await using api = await startApi({ users: { bob: 'one', eve: 'two' } });
	expect([api.user, api.password]).toEqual(['bob', 'one']);
	const call = caller(api);
	for (const user of ['bob', 'eve', 'ada', 'constructor', '']) {
		const { status, headers } = await call('POST', '/login', { user, password: 'two' });
		expect([user, status]).toEqual([user, user === 'eve' ? 200 : 401]);
		if (status === 401) expect(headers.get('www-authenticate')).toBe('Bearer realm="api"');
	}
	expect(api.logins).toBe(1);
});

test('without a good token nothing is to be had', async () => {
	await using api = await startApi();
	for (const path of ['/me', '/items', '/items/1', '/items/999', '/echo', '/nothing']) {
		const none = await caller(api)('GET', path);
		expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="api"']);
		const bad = await caller(api, 'a.b.c')('GET', path);
		expect(bad.status).toBe(401);
		expect(bad.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token", error_description="[^"]+"$/);
		expect(bad.headers.get('content-type')).toBe('application/problem+json');
		expect(bad.json).toMatchObject({ title: 'Unauthorized', status: 401, detail: expect.any(String) });
	}
	const basic = await caller(api)('GET', '/me', undefined, { authorization: 'Basic YWRhOmxvdmVsYWNl' });
	expect([basic.status, basic.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="api"']);
});

test('a token that has expired is refused', async () => {
	await using api = await startApi({ tokenLifetimeMs: 1 });
	const { access_token } = await login(api);
	await sleep(5);
	const { status, headers } = await caller(api, access_token)('GET', '/me');
	expect(status).toBe(401);
	expect(headers.get('www-authenticate')).toBe(
		'Bearer error="invalid_token", error_description="The access token expired"',
	);
});

test('a refresh token gives new tokens once', async () => {
	await using api = await startApi({ ...longLived });
	const call = caller(api);
	const first = await login(api);
	const refreshed = await call('POST', '/refresh', { refresh_token: first.refresh_token });
	const second = refreshed.json as typeof first;
	expect(refreshed.status).toBe(200);
	expect(second.access_token).not.toBe(first.access_token);
	expect((await caller(api, second.access_token)('GET', '/me')).json).toEqual({ user: api.user });
	expect((await call('POST', '/refresh', { refresh_token: first.refresh_token })).status).toBe(401);
	expect((await call('POST', '/refresh', { refresh_token: second.refresh_token })).status).toBe(200);
	expect([api.logins, api.refreshes]).toEqual([1, 2]);
});

test('revoking ends the tokens at once, and refresh tokens if told', async () => {
	await using api = await startApi({ ...longLived });
	const tokens = await login(api);
	const me = caller(api, tokens.access_token);
	expect((await me('GET', '/me')).status).toBe(200);
	api.revokeTokens();
	expect((await me('GET', '/me')).headers.get('www-authenticate')).toContain('revoked');
	const refreshed = await caller(api)('POST', '/refresh', { refresh_token: tokens.refresh_token });
	expect(refreshed.status).toBe(200);
	api.revokeTokens({ refreshTokens: true });
	const { access_token, refresh_token } = refreshed.json as typeof tokens;
	expect((await caller(api, access_token)('GET', '/me')).status).toBe(401);
	expect((await caller(api)('POST', '/refresh', { refresh_token })).status).toBe(401);
	expect((await (await loggedIn(api))('GET', '/me')).status).toBe(200);
});

test('/echo answers the JSON that it was sent', async () => {
	await using api = await startApi(longLived);
	const call = await loggedIn(api);
	for (const value of [{ a: [1, null, 'ü'] }, [], 'text', 0, null]) {
		expect((await call('POST', '/echo', JSON.stringify(value))).json).toEqual(value);
	}
	const wrongMethod = await call('GET', '/echo');
	expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'POST']);
});

test.each(['', '{', '{"user":"ada","password":"s3cret"', '<html>'])('%j is no JSON: 400', async (body) => {
	await using api = await startApi(longLived);
	const call = await loggedIn(api);
	for (const [method, path] of [
		['POST', '/login'],
		['POST', '/refresh'],
		['POST', '/echo'],
		['POST', '/items'],
		['PUT', '/items/1'],
		['PATCH', '/items/1'],
	] as const) {
		const { status, headers, json } = await call(method, path, body);
		expect([path, status]).toEqual([path, 400]);
		expect(headers.get('content-type')).toBe('application/problem+json');
		expect(json).toMatchObject({ type: 'about:blank', title: 'Bad Request', status: 400 });
		expect(JSON.stringify(json)).not.toContain('s3cret');
	}
});

test.each([{}, { user: 1, password: 2 }, { refresh_token: 3 }, [], 'ada', null])(
	'%j is no login: 400',
	async (body) => {
		await using api = await startApi();
		expect((await caller(api)('POST', '/login', JSON.stringify(body))).status).toBe(400);
		expect((await caller(api)('POST', '/refresh', JSON.stringify(body))).status).toBe(400);
	},
);

test('every n-th request for items fails, and what fails does nothing', async () => {
	await using api = await startApi({ failEvery: 3, retryAfter: 2, itemCount: 0, ...longLived });
	const call = await loggedIn(api);
	expect((await caller(api)('GET', '/items')).status).toBe(401); // does not count
	const statuses: number[] = [];
	for (let n = 1; n <= 7; n += 1) {
		const { status, headers } = await call('POST', '/items', { n });
		statuses.push(status);
		expect(headers.get('retry-after')).toBe(status === 503 ? '2' : null);
		expect((await call('GET', '/me')).status).toBe(200);
	}
	expect(statuses).toEqual([201, 201, 503, 201, 201, 503, 201]);
	expect(api.items.map((item) => item.n)).toEqual([1, 2, 4, 5, 7]);
});

test('Retry-After is 0 unless told, and may be a date', async () => {
	const date = 'Fri, 31 Dec 1999 23:59:59 GMT';
	await using usual = await startApi({ failEvery: 1, ...longLived });
	await using dated = await startApi({ failEvery: 1, retryAfter: date, ...longLived });
	expect((await (await loggedIn(usual))('GET', '/items')).headers.get('retry-after')).toBe('0');
	expect((await (await loggedIn(dated))('GET', '/items/1')).headers.get('retry-after')).toBe(date);
});

test('every answer waits', async () => {
	await using api = await startApi({ delayMs: 30, ...longLived });
	await (await loggedIn(api))('GET', '/items');
	expect(api.log.requests).toHaveLength(2);
	for (const { at, endedAt = 0 } of api.log.requests) expect(endedAt - at).toBeGreaterThanOrEqual(28);
});

test('a bad option is named with its value', async () => {
	await expect(startApi({ tokenLifetimeMs: 0 })).rejects.toThrow(
		'tokenLifetimeMs must be a whole number from 1 to 86400000, got 0',
	);
	await expect(startApi({ delayMs: -1 })).rejects.toThrow('delayMs');
	await expect(startApi({ failEvery: 1.5 })).rejects.toThrow('failEvery');
	await expect(startApi({ itemCount: -1 })).rejects.toThrow('itemCount');
	await expect(startApi({ pageSize: 0 })).rejects.toThrow('pageSize');
	await expect(startApi({ users: {} })).rejects.toThrow('users must name at least one user');
});
