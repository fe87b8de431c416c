import { requireKnownNames } from '../check-names.ts';
import { nonNegative } from '../check-numbers.ts';
import { AuthError, InvalidRequestError } from '../errors.ts';
import type { Auth, AuthChallenge, AuthRequest } from './auth.ts';
import { boundedWait } from './bounded-wait.ts';
import { type BearerToken, TokenFailure, type TokenGrant, tokenGrant } from './token-grant.ts';

/** Gets a new token, as text or with its end. A client that it uses for that must not ask it again: `auth: false`. */
export type GetToken = () => string | BearerToken | Promise<string | BearerToken>;

/** When to get another token. */
export interface BearerAuthOptions {
	/**
	 * How long before its end a token is replaced: for the first half of that time in the background, while requests go on
	 * with the old one, then they wait. At most half of what the token had left when it came. Default 30,000.
	 */
	readonly skewMs?: number;
}

/**
 * Bearer tokens (RFC 6750) that renew themselves. The first request gets a token; after that a token is replaced before
 * it ends (`expiresAt`, `expiresInMs`, or the `exp` of a JWT) and when it is refused with 401, which sends the request
 * once more. However many requests want one at the same moment, `getToken` runs once, and all wait for it.
 *
 * When `getToken` fails, the requests that wait for it fail with AuthError, and the next one asks again. A request that
 * is aborted stops waiting; `getToken` goes on for the others, so it should have a time limit of its own.
 *
 * @example
 * bearerAuth(async () => {
 *   const answer = await client.post('/token', { form: { grant_type: 'client_credentials' }, auth: basicAuth(id, secret) });
 *   const { access_token, expires_in } = await answer.json();
 *   return { token: access_token, expiresInMs: expires_in * 1_000 };
 * });
 *
 * @throws InvalidRequestError when `getToken` is no function, or for a wrong option.
 */
export function bearerAuth(getToken: GetToken, options: BearerAuthOptions = {}): Auth {
	if (typeof getToken !== 'function') {
		throw new InvalidRequestError(
			`bearerAuth was given a ${typeof getToken}: give a function, such as () => process.env.TOKEN.`,
		);
	}
	requireKnownNames('bearerAuth', options, ['skewMs']);
	return new BearerAuth(getToken, nonNegative('bearerAuth.skewMs', options.skewMs ?? 30_000));
}

class BearerAuth implements Auth {
	readonly #getToken: GetToken;
	readonly #skewMs: number;
	#grant: TokenGrant | undefined;
	#refreshing: Promise<TokenGrant> | undefined;

	constructor(getToken: GetToken, skewMs: number) {
		this.#getToken = getToken;
		this.#skewMs = skewMs;
	}

	authorize(request: AuthRequest): string | Promise<string> {
		const grant = this.#grant;
		const now = Date.now();
		if (grant === undefined || now >= grant.expiresAt) return this.#next(request).then((next) => next.authorization);
		// Nobody waits for it, so nobody hears of its failure: the next request tries again.
		if (now >= grant.refreshAt) this.#refresh().catch(() => undefined);
		return grant.authorization;
	}

	isCurrent(authorization: string): boolean {
		return this.#grant?.authorization === authorization && Date.now() < this.#grant.expiresAt;
	}

	async renew(request: AuthRequest, { authorization }: AuthChallenge): Promise<boolean> {
		if (this.#grant?.authorization === authorization) this.#grant = undefined;
		const grant = this.#grant ?? (await this.#next(request));
		return grant.authorization !== authorization;
	}

	async #next(request: AuthRequest): Promise<TokenGrant> {
		try {
			return await boundedWait(this.#refresh(), request);
		} catch (error) {
			if (error instanceof TokenFailure) throw new AuthError(request, error.message, error.cause);
			throw error;
		}
	}

	#refresh(): Promise<TokenGrant> {
		this.#refreshing ??= this.#fetch().finally(() => {
			this.#refreshing = undefined;
		});
		return this.#refreshing;
	}

	async #fetch(): Promise<TokenGrant> {
		// A getToken that asks for a token itself has to find this one under way, or it would call itself without end.
		await Promise.resolve();
		let given: string | BearerToken;
		try {
			given = await this.#getToken();
		} catch (error) {
			throw new TokenFailure('getToken failed; its error is the cause.', { cause: error });
		}
		this.#grant = tokenGrant(given, this.#skewMs, Date.now());
		return this.#grant;
	}
}
