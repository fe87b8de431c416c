import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startApi } from '@orbweaver/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Auth } from '../../src/auth/auth.ts';
import { bearerAuth } from '../../src/auth/bearer-auth.ts';
import { HttpClient } from '../../src/http-client.ts';
import { rejection, until } from '../support/until.ts';

/** A server that answers when it is told to, and tells what it was sent. */
async function startServer(): Promise<{ url: string; seen: (string | undefined)[]; answer: (() => void)[] }> {
	const seen: (string | undefined)[] = [];
	const answer: (() => void)[] = [];
	const server = createServer((request, response) => {
		seen.push(request.headers.authorization);
		answer.push(() => void response.end('ok'));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, seen, answer };
}

/** Credentials whose end the test decides on. */
class Credentials implements Auth {
	current = 'first';
	asked = 0;
	next: (() => string | Promise<string>) | undefined;

	authorize(): string | Promise<string> {
		this.asked += 1;
		return this.next?.() ?? this.current;
	}

	isCurrent(authorization: string): boolean {
		return authorization === this.current;
	}
}

async function oneWaits(auth: Auth) {
	const server = await startServer();
	const client = new HttpClient({ auth, limits: { total: 1 } });
	onTestFinished(() => client.destroy());
	const first = client.read(server.url);
	await until(() => server.seen.length === 1);
	const second = client.read(server.url);
	await until(() => client.stats.pending === 1);
	return { ...server, client, first, second };
}

describe('a request that waited for its slot', () => {
	it('is sent with the credentials of the moment when it goes out', async () => {
		const auth = new Credentials();
		const { seen, answer, second } = await oneWaits(auth);
		auth.current = 'second';
		answer[0]?.();
		await until(() => seen.length === 2);
		answer[1]?.();
		expect([(await second).status, seen]).toEqual([200, ['first', 'second']]);
	});

	it('is not given new ones while the old ones are good', async () => {
		const auth = new Credentials();
		const { seen, answer, second } = await oneWaits(auth);
		answer[0]?.();
		await until(() => seen.length === 2);
		answer[1]?.();
		await second;
		expect([auth.asked, seen]).toEqual([2, ['first', 'first']]);
	});

	it('lets its slot go to whoever fetches the new ones', async () => {
		const auth = new Credentials();
		const { client, url, seen, answer, second } = await oneWaits(auth);
		auth.current = 'second';
		auth.next = async () => {
			auth.next = undefined;
			await client.read(`${url}login`, { auth: false });
			return 'second';
		};
		answer[0]?.();
		await until(() => seen.length === 2);
		answer[1]?.();
		await until(() => seen.length === 3);
		answer[2]?.();
		expect([(await second).status, seen]).toEqual([200, ['first', undefined, 'second']]);
	});

	it.each([
		[
			'throws',
			(): never => {
				throw new Error('no vault');
			},
		],
		['rejects', () => Promise.reject(new Error('no vault'))],
	])('gives its slot back when its auth %s', async (_, next) => {
		const auth = new Credentials();
		const { client, url, seen, answer, second } = await oneWaits(auth);
		auth.current = 'second';
		auth.next = next;
		const failed = rejection(second);
		answer[0]?.();
		expect(await failed).toMatchObject({ code: 'ORB_HTTP_AUTH', cause: { message: 'no vault' } });
		expect(client.stats).toMatchObject({ running: 0, pending: 0 });
		const third = client.read(url, { auth: false });
		await until(() => seen.length === 2);
		answer[1]?.();
		expect((await third).status).toBe(200);
	});

	it('never goes out with a token that ran out meanwhile, however slow the rate', async () => {
		await using api = await startApi({ tokenLifetimeMs: 1_000 });
		await using client: HttpClient = new HttpClient({
			baseUrl: `${api.url}/`,
			rateLimit: { maxCalls: 4, periodMs: 1_200 },
			// The rate lets nothing through for longer than a token lives: each window has to begin with a login.
			auth: bearerAuth(async () => {
				const json = { user: api.user, password: api.password };
				const answer = await client.post('login', { json, auth: false });
				const { access_token } = await answer.json<{ access_token: string }>();
				return { token: access_token, expiresInMs: 1_000 };
			}),
		});
		const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await client.read('me')).status));
		expect(statuses).toEqual(Array.from({ length: 10 }, () => 200));
	});
});
