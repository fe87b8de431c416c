import { expect, onTestFinished, test } from 'vitest';
import type { AuthSite } from '../../../src/index.ts';
import { startAuthSite } from '../../../src/index.ts';
import type { DigestOptions } from './digest-client.ts';
import { challenge, challengeOf, digestFetch } from './digest-client.ts';

async function open(): Promise<AuthSite> {
	const site = await startAuthSite();
	onTestFinished(() => site.close());
	return site;
}

function nc(count: number): string {
	return count.toString(16).padStart(8, '0');
}

const algorithms = ['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess'];

test('/basic lets in who knows the password', async () => {
	await using site = await startAuthSite({ users: { bob: 'one:two', eve: 'x' } });
	const ask = (credentials: string): Promise<Response> =>
		fetch(`${site.url}/basic`, {
			headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
		});
	const welcome = await ask(`${site.user}:${site.password}`);
	expect([welcome.status, await welcome.json()]).toEqual([200, { scheme: 'Basic', user: 'bob' }]);
	for (const wrong of ['bob:one', 'bob:x', 'eve:one:two', 'constructor:x', ':', 'bob']) {
		expect([wrong, (await ask(wrong)).status]).toEqual([wrong, 401]);
	}
	const none = await fetch(`${site.url}/basic`);
	expect(none.headers.get('www-authenticate')).toBe(`Basic realm="${site.realm}", charset="UTF-8"`);
	expect(await none.json()).toMatchObject({ status: 401, title: 'Unauthorized' });
});

test.each(algorithms)('/digest/%s challenges each request anew', async (algorithm) => {
	const site = await open();
	const fields = await Promise.all(
		['auth', 'auth-int', 'auth,auth-int'].map(async (qop) => {
			const response = await fetch(`${site.url}/digest/${algorithm}?qop=${qop}`);
			expect(response.status).toBe(401);
			return response.headers.get('www-authenticate') ?? '';
		}),
	);
	for (const [i, qop] of ['auth', 'auth-int', 'auth, auth-int'].entries()) {
		expect(fields[i]).toMatch(
			new RegExp(
				`^Digest realm="Members, only", qop="${qop}", algorithm=${algorithm}, nonce="[\\w-]{24}", ` +
					'opaque="[\\w-]{12}", charset=UTF-8$',
			),
		);
	}
	expect(new Set(fields.map((field) => /nonce="(.*?)"/.exec(field)?.[1])).size).toBe(3);
});

test.each(algorithms)('/digest/%s lets in who knows the password', async (algorithm) => {
	const site = await open();
	for (const qop of ['auth', 'auth-int'] as const) {
		const path = `/digest/${algorithm}?qop=${qop}`;
		const given = await challenge(site, path);
		for (const count of [1, 2, 7]) {
			const method = count === 1 ? 'GET' : 'POST';
			const body = count === 1 ? new Uint8Array() : Buffer.from('to be covered');
			const response = await digestFetch(site, path, given, { nc: nc(count), method, body });
			expect([response.status, await response.json()]).toEqual([
				200,
				{ scheme: 'Digest', user: site.user, algorithm, qop },
			]);
		}
	}
});

const wrong: [string, number, DigestOptions][] = [
	['another password', 401, { password: 'guess' }],
	['a user who is not there', 401, { user: 'constructor' }],
	['another user', 401, { user: 'bob' }],
	['another realm', 401, { realm: 'Members' }],
	['another realm than the digest has', 401, { sent: { realm: 'Members' } }],
	['a nonce of its own', 401, { nonce: 'mine' }],
	['a nonce of its own beside the digest', 401, { sent: { nonce: 'mine' } }],
	['another opaque', 401, { opaque: 'mine' }],
	['another cnonce than the digest has', 401, { sent: { cnonce: 'other' } }],
	['another nc than the digest has', 401, { sent: { nc: '00000002' } }],
	['an nc of 0', 401, { nc: '00000000' }],
	['another method than the digest has', 401, { sent: { method: 'PUT' } }],
	['an answer in capitals', 401, { response: 'ABCDEF0123456789ABCDEF0123456789' }],
	['an empty answer', 401, { response: '' }],
	['the path alone', 400, { uri: '/digest/MD5' }],
	['another uri than the digest has', 400, { sent: { uri: '/digest/MD5?qop=auth&x=2' } }],
	['another algorithm', 400, { algorithm: 'SHA-256' }],
	['a qop that was not offered', 400, { qop: 'auth-int' }],
	['a qop that does not exist', 400, { sent: { qop: 'none' } }],
];

test.each(wrong)('%s is %i', async (_, status, options) => {
	const site = await open();
	const path = '/digest/MD5?qop=auth&x=1';
	const given = await challenge(site, path);
	const response = await digestFetch(site, path, given, options);
	expect(response.status).toBe(status);
	expect(response.headers.has('www-authenticate')).toBe(status === 401);
	expect(challengeOf(response).stale).toBe(false);
	expect(await response.json()).toMatchObject({ status, detail: expect.any(String) });
	expect((await digestFetch(site, path, given)).status).toBe(200); // the nonce has not suffered
});

test('auth-int covers the body', async () => {
	const site = await open();
	const path = '/digest/SHA-256?qop=auth-int';
	const given = await challenge(site, path);
	const order = { method: 'POST', body: Buffer.from('pay 1') };
	expect((await digestFetch(site, path, given, { ...order, bodySent: Buffer.from('pay 1000') })).status).toBe(401);
	expect((await digestFetch(site, path, given, order)).status).toBe(200);
});

test('the algorithms with -sess stay with the first cnonce', async () => {
	const site = await open();
	for (const path of ['/digest/MD5-sess', '/digest/SHA-256-sess']) {
		const given = await challenge(site, path);
		expect((await digestFetch(site, path, given, { cnonce: 'one' })).status).toBe(200);
		const next = { nc: nc(2), cnonce: 'two' };
		expect((await digestFetch(site, path, given, next)).status).toBe(401);
		expect((await digestFetch(site, path, given, { ...next, firstCnonce: 'one' })).status).toBe(200);
	}
});

test('a nonce of one algorithm is none of another', async () => {
	const site = await open();
	const given = await challenge(site, '/digest/MD5');
	expect((await digestFetch(site, '/digest/SHA-256', given)).status).toBe(401);
});

test('nc has to grow, or only to be new', async () => {
	const site = await open();
	for (const [path, statuses] of [
		['/digest/MD5', [200, 200, 401, 401, 200]],
		['/digest/MD5?nc=unique', [200, 200, 401, 200, 200]],
	] as const) {
		const given = await challenge(site, path);
		const seen: number[] = [];
		for (const count of [1, 3, 3, 2, 4]) {
			const response = await digestFetch(site, path, given, { nc: nc(count) });
			seen.push(response.status);
			expect(challengeOf(response).stale).toBe(false);
		}
		expect(seen).toEqual(statuses);
	}
});

test('of the same request many times at once one gets in', async () => {
	const site = await open();
	const given = await challenge(site, '/digest/MD5?nc=unique');
	const answers = Array.from({ length: 10 }, () => digestFetch(site, '/digest/MD5?nc=unique', given));
	const statuses = (await Promise.all(answers)).map(({ status }) => status);
	expect(statuses.toSorted()).toEqual([200, ...new Array<number>(9).fill(401)]);
});

test('after its uses a nonce is stale, which only who knows the password is told', async () => {
	const site = await open();
	const path = '/digest/SHA-256?uses=2';
	const given = await challenge(site, path);
	for (const count of [1, 2]) expect((await digestFetch(site, path, given, { nc: nc(count) })).status).toBe(200);
	const stale = await digestFetch(site, path, given, { nc: nc(3) });
	expect([stale.status, challengeOf(stale).stale]).toEqual([401, true]);
	const guess = await digestFetch(site, path, given, { nc: nc(3), password: 'guess' });
	expect([guess.status, challengeOf(guess).stale]).toEqual([401, false]);
	expect((await digestFetch(site, path, challengeOf(stale))).status).toBe(200);
});

test.each([
	['/digest/', 404],
	['/digest/SHA-1', 404],
	['/digest/md5', 404],
	['/digest/constructor', 404],
	['/digest/MD5?qop=none', 400],
	['/digest/MD5?qop=', 400],
	['/digest/MD5?uses=0', 400],
	['/digest/MD5?nc=any', 400],
])('%s is %i', async (path, status) => {
	expect((await fetch((await open()).url + path)).status).toBe(status);
});

test('bad users are named', async () => {
	await expect(startAuthSite({ users: {} })).rejects.toThrow('users must name at least one user');
	await expect(startAuthSite({ users: { 'a:b': 'x' } })).rejects.toThrow('got "a:b"');
});
