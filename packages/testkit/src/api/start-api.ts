import type { Handler } from '../server/handler.ts';
import { jsonReply } from '../server/json-reply.ts';
import type { ListenOptions } from '../server/listen.ts';
import type { TestServer } from '../server/start-server.ts';
import { startServer } from '../server/start-server.ts';
import { wholeNumber } from '../whole-number.ts';
import type { Gate, Methods } from './endpoint.ts';
import { endpointHandler } from './endpoint.ts';
import { itemListMethods, itemMethods } from './item-endpoints.ts';
import type { ApiItem } from './item-store.ts';
import { ItemStore } from './item-store.ts';
import { readJson } from './json-body.ts';
import { Problem } from './problem.ts';
import { Sessions } from './sessions.ts';
import type { Users } from './users.ts';
import { defaultUsers, firstUser } from './users.ts';

export interface ApiOptions extends ListenOptions {
	/** How long an access token lives, in milliseconds, up to a day; 2,000 by default. */
	readonly tokenLifetimeMs?: number;
	/** Names and passwords; by default one user, whom the server's `user` and `password` name. */
	readonly users?: Users;
	/** How long every answer waits, once its work is done, in milliseconds; 0 by default. */
	readonly delayMs?: number;
	/** Every n-th request for `/items` and below that has a good token answers 503; 0, the default, means none. */
	readonly failEvery?: number;
	/** The `Retry-After` of those answers: seconds or an HTTP date (RFC 9110 section 10.2.3); 0 by default. */
	readonly retryAfter?: number | string;
	/** How many items there are at the start; 25 by default. */
	readonly itemCount?: number;
	/** How many items a page has; 10 by default. */
	readonly pageSize?: number;
}

/** A running API, what it holds and what it counted. */
export interface Api extends TestServer {
	/** The first user and the password. */
	readonly user: string;
	readonly password: string;
	/** How many logins succeeded. */
	readonly logins: number;
	/** How many refreshes succeeded. */
	readonly refreshes: number;
	/** What is stored now. */
	readonly items: readonly ApiItem[];
	/**
	 * Makes every access token issued so far a 401 at once. Refresh tokens stay good unless `refreshTokens` is true;
	 * without them a client has to log in anew.
	 */
	revokeTokens(which?: { readonly refreshTokens?: boolean }): void;
}

/**
 * Starts a small JSON API that wants a JWT: `POST /login` and `POST /refresh` give one, `/me`, `/items`, `/items/<id>`
 * and `/echo` take it. A refresh token works once.
 *
 * @throws {RangeError} naming the option that is out of range.
 * @example
 * await using api = await startApi();
 * const body = JSON.stringify({ user: api.user, password: api.password });
 * const { access_token } = await (await fetch(`${api.url}/login`, { method: 'POST', body })).json();
 * await fetch(`${api.url}/me`, { headers: { authorization: `Bearer ${access_token}` } }); // 200
 */
export async function startApi(options: ApiOptions = {}): Promise<Api> {
	const { tokenLifetimeMs = 2_000, users = defaultUsers, delayMs = 0, failEvery = 0, retryAfter = 0 } = options;
	const { itemCount = 25, pageSize = 10 } = options;
	wholeNumber('tokenLifetimeMs', tokenLifetimeMs, 1, 86_400_000);
	wholeNumber('delayMs', delayMs, 0, 600_000);
	wholeNumber('failEvery', failEvery, 0, 1_000_000);
	wholeNumber('itemCount', itemCount, 0, 1_000_000);
	wholeNumber('pageSize', pageSize, 1, 1_000_000);
	const account = firstUser(users);
	const sessions = new Sessions(users, tokenLifetimeMs);
	const store = new ItemStore(itemCount);
	const open = (methods: Methods): Handler => endpointHandler(methods, () => '', delayMs);
	const guarded = (methods: Methods, gate: Gate = (request) => sessions.userOf(request)): Handler =>
		endpointHandler(methods, gate, delayMs);
	const unreliable = failingGate((request) => sessions.userOf(request), failEvery, String(retryAfter));
	const server = await startServer(
		{
			'/login': open({ POST: (call) => sessions.login(call) }),
			'/refresh': open({ POST: (call) => sessions.refresh(call) }),
			'/me': guarded({ GET: ({ user }) => jsonReply({ user }) }),
			'/items': guarded(itemListMethods(store, pageSize), unreliable),
			'/items/*': guarded(itemMethods(store), unreliable),
			'/echo': guarded({ POST: async ({ request }) => jsonReply(await readJson(request)) }),
			'*': guarded({}),
		},
		options,
	);
	return {
		...server,
		...account,
		get logins() {
			return sessions.logins;
		},
		get refreshes() {
			return sessions.refreshes;
		},
		get items() {
			return store.all();
		},
		revokeTokens: (which) => sessions.revoke(which),
	};
}

/** A gate behind which every n-th request fails. */
function failingGate(gate: Gate, every: number, retryAfter: string): Gate {
	let passed = 0;
	return async (request) => {
		const user = await gate(request);
		passed += 1;
		if (every === 0 || passed % every !== 0) return user;
		throw new Problem(503, `Every ${every}. request fails, and this was one`, { 'Retry-After': retryAfter });
	};
}
