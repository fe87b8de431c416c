import { randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';

/** Whose token it is, or why it is none. */
export type TokenCheck = { readonly user: string } | { readonly refused: string };

interface AccessClaims {
	readonly sub: string;
	readonly jti: string;
	/** When the token ends, in milliseconds since 1970: `exp` has whole seconds only. */
	readonly end_ms: number;
}

/** Makes and checks the access tokens of one server: JWTs signed with HMAC-SHA-256 (RFC 7519, RFC 7515). */
export class AccessTokens {
	readonly #key: Uint8Array = randomBytes(32);
	readonly #lifetimeMs: number;
	readonly #now: () => number;
	#issued = 0;
	#revoked = 0;

	constructor(lifetimeMs: number, now: () => number = Date.now) {
		this.#lifetimeMs = lifetimeMs;
		this.#now = now;
	}

	/**
	 * `exp` is the end of the life rounded down to a second: who trusts it renews up to a second early, never late.
	 * With less than a second to live a token may be born with an `exp` that is past.
	 */
	issue(user: string): Promise<string> {
		const now = this.#now();
		const end = now + this.#lifetimeMs;
		this.#issued += 1;
		return new SignJWT({ end_ms: end })
			.setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
			.setSubject(user)
			.setJti(String(this.#issued))
			.setIssuedAt(Math.floor(now / 1000))
			.setExpirationTime(Math.floor(end / 1000))
			.sign(this.#key);
	}

	/** Ends the life of every token issued so far. */
	revokeAll(): void {
		this.#revoked = this.#issued;
	}

	async check(token: string): Promise<TokenCheck> {
		const now = this.#now();
		try {
			const { payload } = await jwtVerify<AccessClaims>(token, this.#key, {
				algorithms: ['HS256'],
				currentDate: new Date(now),
				// The library would end the life where `exp` was rounded to; the exact end is checked below.
				clockTolerance: 1,
			});
			if (now >= payload.end_ms) return { refused: 'The access token expired' };
			if (Number(payload.jti) <= this.#revoked) return { refused: 'The access token was revoked' };
			return { user: payload.sub };
		} catch (error) {
			if (error instanceof errors.JWTExpired) return { refused: 'The access token expired' };
			if (error instanceof errors.JOSEError) return { refused: 'The access token is not one of ours' };
			throw error;
		}
	}
}
