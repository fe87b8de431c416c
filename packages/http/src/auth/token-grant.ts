import { jwtExpiry } from './jwt-expiry.ts';

/** A token, and what is known about the end of its life. */
export interface BearerToken {
	readonly token: string;
	/** In milliseconds since 1970. */
	readonly expiresAt?: number | undefined;
	/** In milliseconds from now; the `expires_in` of an OAuth answer is in seconds (RFC 6749 §5.1). */
	readonly expiresInMs?: number | undefined;
}

/** A token in use. Times are in milliseconds since 1970, `Infinity` when nothing is known. */
export interface TokenGrant {
	/** The value of `Authorization`. */
	readonly authorization: string;
	/** From then on another one is wanted. */
	readonly refreshAt: number;
	/** From then on requests wait for it. */
	readonly expiresAt: number;
}

/** Why there is no token. Every request that waits makes its own AuthError of it. */
export class TokenFailure extends Error {}

/** A header takes more than RFC 6750 allows in a token, and such tokens are about (`1|a2b…`); no space and no line end. */
const SENDABLE = /^[\x21-\x7e]+$/;

/**
 * Makes a grant of what `getToken` gave.
 *
 * @throws TokenFailure, without the token, when it is none or cannot be sent.
 */
export function tokenGrant(given: unknown, skewMs: number, now: number): TokenGrant {
	const { token, expiresAt, expiresInMs } = parts(given);
	if (typeof token !== 'string' || token === '') {
		throw new TokenFailure('getToken gave no token: it must give a string, or { token, expiresAt or expiresInMs }.');
	}
	if (!SENDABLE.test(token)) {
		throw new TokenFailure('getToken gave a token with a character that no header can carry, such as a line end.');
	}
	const remainingMs =
		milliseconds('expiresInMs', expiresInMs) ?? (milliseconds('expiresAt', expiresAt) ?? endOf(token)) - now;
	const authorization = `Bearer ${token}`;
	// Over when it comes: the clocks disagree, or there is no better one. Asking again for each request would help
	// neither, and the server says when it has had enough.
	if (remainingMs <= 0 || remainingMs === Number.POSITIVE_INFINITY) {
		return { authorization, refreshAt: Number.POSITIVE_INFINITY, expiresAt: Number.POSITIVE_INFINITY };
	}
	const usedSkewMs = Math.min(skewMs, remainingMs / 2);
	const refreshAt = now + remainingMs - usedSkewMs;
	return { authorization, refreshAt, expiresAt: refreshAt + usedSkewMs / 2 };
}

function parts(given: unknown): Partial<Record<keyof BearerToken, unknown>> {
	if (typeof given === 'object' && given !== null) return given;
	return { token: given };
}

function endOf(token: string): number {
	return jwtExpiry(token) ?? Number.POSITIVE_INFINITY;
}

function milliseconds(name: string, value: unknown): number | undefined {
	if (value === undefined) return undefined;
	if (typeof value === 'number' && !Number.isNaN(value)) return value;
	throw new TokenFailure(`getToken gave ${name} of type ${typeof value}: it must be a number of milliseconds.`);
}
