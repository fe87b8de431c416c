import type { IncomingMessage } from 'node:http';
import type { Reply } from '../server/handler.ts';
import { jsonReply } from '../server/json-reply.ts';
import { AccessTokens } from './access-tokens.ts';
import type { ApiCall } from './endpoint.ts';
import { readJsonObject } from './json-body.ts';
import { Problem } from './problem.ts';
import { RefreshTokens } from './refresh-tokens.ts';
import type { Users } from './users.ts';
import { passwordOf } from './users.ts';

/** Says that a token is wanted; with an error only if one came (RFC 6750 section 3.1). */
const challenge = { 'WWW-Authenticate': 'Bearer realm="api"' };

/** Login, refresh, and who may come in. */
export class Sessions {
	readonly #users: Users;
	readonly #lifetimeMs: number;
	readonly #access: AccessTokens;
	readonly #refresh = new RefreshTokens();
	#logins = 0;
	#refreshes = 0;

	constructor(users: Users, lifetimeMs: number) {
		this.#users = users;
		this.#lifetimeMs = lifetimeMs;
		this.#access = new AccessTokens(lifetimeMs);
	}

	get logins(): number {
		return this.#logins;
	}

	get refreshes(): number {
		return this.#refreshes;
	}

	revoke({ refreshTokens = false }: { readonly refreshTokens?: boolean } = {}): void {
		this.#access.revokeAll();
		if (refreshTokens) this.#refresh.revokeAll();
	}

	async login({ request }: ApiCall): Promise<Reply> {
		const { user, password } = await readJsonObject(request);
		if (typeof user !== 'string' || typeof password !== 'string') {
			throw new Problem(400, 'A login has a "user" and a "password", both strings');
		}
		if (passwordOf(this.#users, user) !== password) throw new Problem(401, 'Wrong user or password', challenge);
		this.#logins += 1;
		return this.#tokens(user);
	}

	async refresh({ request }: ApiCall): Promise<Reply> {
		const { refresh_token: token } = await readJsonObject(request);
		if (typeof token !== 'string') throw new Problem(400, 'A refresh has a "refresh_token", a string');
		const user = this.#refresh.redeem(token);
		if (user === undefined) throw new Problem(401, 'The refresh token is unknown, used or revoked', challenge);
		this.#refreshes += 1;
		return this.#tokens(user);
	}

	/** The user whose access token the request carries. @throws {Problem} 401 as RFC 6750 wants it. */
	async userOf(request: IncomingMessage): Promise<string> {
		const token = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
		if (token === undefined) throw new Problem(401, 'An access token is wanted: Authorization: Bearer', challenge);
		const check = await this.#access.check(token);
		if ('user' in check) return check.user;
		const error = `Bearer error="invalid_token", error_description="${check.refused}"`;
		throw new Problem(401, check.refused, { 'WWW-Authenticate': error });
	}

	/** The answer of RFC 6749 section 5.1; `expires_in` is rounded down, as `exp` is. */
	async #tokens(user: string): Promise<Reply> {
		const tokens = {
			access_token: await this.#access.issue(user),
			token_type: 'Bearer',
			expires_in: Math.floor(this.#lifetimeMs / 1000),
			refresh_token: this.#refresh.issue(user),
		};
		return jsonReply(tokens, { headers: { 'Cache-Control': 'no-store' } });
	}
}
