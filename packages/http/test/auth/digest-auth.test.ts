import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startAuthSite } from '@orbweaver/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Auth, AuthRequest } from '../../src/auth/auth.ts';
import { authLayer } from '../../src/auth/auth-layer.ts';
import { digestAuth } from '../../src/auth/digest-auth.ts';
import { parseChallenges } from '../../src/auth/parse-challenges.ts';
import { AuthError } from '../../src/errors.ts';
import type { Send } from '../../src/transport/transport.ts';
import { rejection } from '../support/until.ts';
import { nodeSend, textOf } from './support/node-send.ts';
import { textBody, transportRequest } from './support/transport-request.ts';

function sendWith(auth: Auth): Send {
	return authLayer(auth, () => true)(nodeSend);
}

/** A server that refuses every request, with the challenges that `challenge` gives for its fields. */
async function startRefuser(
	challenge: (fields: ReadonlyMap<string, string> | undefined) => string | string[],
): Promise<{
	url: string;
	seen: (string | undefined)[];
}> {
	const seen: (string | undefined)[] = [];
	const server = createServer((request, response) => {
		seen.push(request.headers.authorization);
		const fields = parseChallenges(request.headers.authorization)[0]?.parameters;
		response.writeHead(401, { 'WWW-Authenticate': challenge(fields) }).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(async () => {
		await new Promise((resolve) => server.close(resolve));
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, seen };
}

describe('against a site', () => {
	it.each([
		['MD5', 'auth'],
		['MD5-sess', 'auth'],
		['SHA-256', 'auth'],
		['SHA-256-sess', 'auth'],
		['MD5', 'auth-int'],
		['SHA-256-sess', 'auth-int'],
		['SHA-256', 'auth,auth-int'],
	])('%s with qop %s lets several requests in, one of them twice', async (algorithm, qop) => {
		await using site = await startAuthSite();
		const send = sendWith(digestAuth(site.user, site.password));
		const url = `${site.url}/digest/${algorithm}?qop=${qop}`;
		const body = textBody('h\u00e9llo');
		for (const changes of [{}, { method: 'POST', body }, { method: 'PUT', body }]) {
			const response = await send(transportRequest(url, changes));
			const text = await textOf(response);
			expect(response.status, text).toBe(200);
			expect(JSON.parse(text)).toMatchObject({ user: site.user, algorithm, qop: qop.split(',')[0] });
		}
		expect(site.log.hits(`/digest/${algorithm}`)).toBe(4);
	});

	it('speaks UTF-8', async () => {
		const [user, password] = ['J\u00e4s\u00f8n "D" \u20ac\\', 'p\u00e4ss\u20ac"\\:'];
		await using site = await startAuthSite({ users: { [user]: password } });
		const response = await sendWith(digestAuth(user, password))(transportRequest(`${site.url}/digest/SHA-256`));
		expect(await textOf(response)).toContain(JSON.stringify(user));
	});

	it('gives requests in parallel one nonce and a count each', async () => {
		await using site = await startAuthSite();
		const send = sendWith(digestAuth(site.user, site.password));
		const url = `${site.url}/digest/SHA-256?nc=unique`;
		const statuses = async (): Promise<number[]> => {
			const responses = await Promise.all(Array.from({ length: 20 }, () => send(transportRequest(url))));
			await Promise.all(responses.map(textOf));
			return responses.map(({ status }) => status);
		};
		expect(await statuses()).toEqual(Array.from({ length: 20 }, () => 200));
		expect(await statuses()).toEqual(Array.from({ length: 20 }, () => 200));
		expect(site.log.hits('/digest/SHA-256')).toBe(60);
	});

	it('takes another nonce when one is stale', async () => {
		await using site = await startAuthSite();
		const send = sendWith(digestAuth(site.user, site.password));
		for (let i = 0; i < 6; i++) {
			const response = await send(transportRequest(`${site.url}/digest/MD5-sess?uses=2`));
			expect([response.status, await textOf(response)]).toEqual([200, expect.stringContaining(site.user)]);
		}
		expect(site.log.hits('/digest/MD5-sess')).toBe(9);
	});

	it('hands the 401 out when the password is wrong', async () => {
		await using site = await startAuthSite();
		const send = sendWith(digestAuth(site.user, 'wrong'));
		const response = await send(transportRequest(`${site.url}/digest/SHA-256`));
		expect([response.status, await textOf(response)]).toEqual([401, expect.stringContaining('Wrong user or password')]);
		expect(site.log.hits('/digest/SHA-256')).toBe(2);
	});

	it('says what is missing when the server wants the body and has a stream', async () => {
		await using site = await startAuthSite();
		const send = sendWith(digestAuth(site.user, site.password));
		const url = `${site.url}/digest/MD5?qop=auth-int`;
		await textOf(await send(transportRequest(url)));
		const error = await rejection(send(transportRequest(url, { method: 'PUT', body: textBody('x', false) })));
		expect(error).toBeInstanceOf(AuthError);
		expect(String(error)).toContain('qop=auth-int');
	});
});

describe('against odd servers', () => {
	it('answers the strongest of several challenges in several headers', async () => {
		const { url, seen } = await startRefuser(() => [
			'Negotiate, Digest realm="r", nonce="1", algorithm=MD5, qop="auth", Digest realm="r", nonce="2", algorithm=SHA-512-256',
			'Digest realm="r", nonce="3", algorithm=SHA-256, qop="auth"',
		]);
		await textOf(await sendWith(digestAuth('user', 'password'))(transportRequest(url)));
		expect(seen).toEqual([undefined, expect.stringContaining('nonce="2", uri="/", algorithm=SHA-512-256, response=')]);
	});

	it('answers a server of the first days, and never sends the password', async () => {
		const { url, seen } = await startRefuser(() => 'Digest realm="r", nonce="1"');
		await textOf(await sendWith(digestAuth('user', 'password'))(transportRequest(url)));
		expect(seen[1]).toMatch(/^Digest username="user", realm="r", nonce="1", uri="\/", response="[0-9a-f]{32}"$/);
	});

	it.each(['Basic realm="r"', 'Bearer', '', 'Digestive nonce=1'])('hands out a 401 with "%s"', async (challenge) => {
		const { url, seen } = await startRefuser(() => challenge);
		const response = await sendWith(digestAuth('user', 'password'))(transportRequest(url));
		expect([response.status, await textOf(response), seen]).toEqual([401, '', [undefined]]);
	});

	it.each([
		'Digest realm="r", nonce=1, algorithm=SHA3-512',
		'Digest realm="r", nonce=1, qop="auth-conf"',
		'Digest realm="r"',
	])('names what it cannot answer in %s', async (challenge) => {
		const { url } = await startRefuser(() => challenge);
		const error = await rejection(sendWith(digestAuth('user', 'password'))(transportRequest(url)));
		expect(error).toBeInstanceOf(AuthError);
		expect(String(error)).toMatch(/algorithm=(MD5|SHA3-512) qop=(none|auth-conf)/);
	});

	it('does not give one origin what another one asked for', async () => {
		const { url } = await startRefuser(() => 'Digest realm="r", nonce="1"');
		const other = await startRefuser(() => 'Digest realm="r", nonce="2"');
		const send = sendWith(digestAuth('user', 'password'));
		await textOf(await send(transportRequest(url)));
		await textOf(await send(transportRequest(other.url)));
		expect(other.seen).toEqual([undefined, expect.stringContaining('nonce="2"')]);
	});
});

describe('renew', () => {
	const request: AuthRequest = { method: 'GET', url: 'http://a.test/', path: '/', body: '', signal: undefined };

	/** Tells the auth that the last authorization was refused, with a new challenge. */
	async function refuse(auth: Auth, fields: string, authorization?: string): Promise<boolean | undefined> {
		return auth.renew?.(request, { headers: { 'www-authenticate': `Digest ${fields}` }, authorization });
	}

	async function started(): Promise<{ auth: Auth; authorize: () => Promise<string> }> {
		const auth = digestAuth('user', 'password');
		await refuse(auth, 'realm="r", nonce="1", qop=auth');
		return { auth, authorize: async () => (await auth.authorize(request)) ?? '' };
	}

	it('has nothing new when the first use of a nonce is refused', async () => {
		const { auth, authorize } = await started();
		expect(await refuse(auth, 'realm="r", nonce="2", qop=auth', await authorize())).toBe(false);
		expect(await authorize()).toContain('nonce="2"');
	});

	it.each([
		['the nonce was stale', 1, 'realm="r", nonce="2", qop=auth, stale=true'],
		['the server forgot a nonce that had been in use', 2, 'realm="r", nonce="2", qop=auth'],
		['the path belongs to another realm', 1, 'realm="s", nonce="2", qop=auth'],
	])('has something new when %s', async (_name, uses, fields) => {
		const { auth, authorize } = await started();
		let last = '';
		for (let i = 0; i < uses; i++) last = await authorize();
		expect(await refuse(auth, fields, last)).toBe(true);
		expect(await authorize()).toMatch(/nonce="2".*nc=00000001/);
	});

	it('takes one new challenge of the many that refusals in parallel bring', async () => {
		const { auth, authorize } = await started();
		const sent = [await authorize(), await authorize(), await authorize()];
		for (const [index, authorization] of sent.entries()) {
			expect(await refuse(auth, `realm="r", nonce="n${index}", qop=auth, stale=true`, authorization)).toBe(true);
		}
		expect(await authorize()).toMatch(/nonce="n0".*nc=00000001/);
		expect(await authorize()).toMatch(/nonce="n0".*nc=00000002/);
	});

	it('forgets the origin that it has known longest, beyond a hundred', async () => {
		const auth = digestAuth('user', 'password');
		const of = (origin: number): AuthRequest => ({ ...request, url: `http://${origin}.test/` });
		const headers = { 'www-authenticate': 'Digest realm="r", nonce="1"' };
		for (let i = 0; i <= 100; i++) await auth.renew?.(of(i), { headers, authorization: undefined });
		expect(auth.authorize(of(0))).toBeUndefined();
		expect(auth.authorize(of(1))).toContain('nonce="1"');
	});
});
