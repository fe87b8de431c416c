import { randomBytes } from 'node:crypto';

/** Refresh tokens that each work once (RFC 9700 section 4.14), so that two refreshes with the same one show. */
export class RefreshTokens {
	readonly #users = new Map<string, string>();

	issue(user: string): string {
		const token = randomBytes(24).toString('base64url');
		this.#users.set(token, user);
		return token;
	}

	/** Uses a token up. Its user, or `undefined` if there is no such token (any more). */
	redeem(token: string): string | undefined {
		const user = this.#users.get(token);
		this.#users.delete(token);
		return user;
	}

	revokeAll(): void {
		this.#users.clear();
	}
}
