import { randomBytes } from 'node:crypto';
import { AuthError } from '../errors.ts';
import type { Auth, AuthChallenge, AuthRequest } from './auth.ts';
import { type DigestChallenge, strongestDigest } from './digest-challenge.ts';
import { digestHeader } from './digest-header.ts';
import { parseChallenges } from './parse-challenges.ts';
import { requireCredentials } from './require-credentials.ts';

/** Origins whose last challenge is kept. Whoever is forgotten answers one 401 more. */
const MAX_ORIGINS = 100;

const FIRST_COUNT = '00000001';

/**
 * User name and password, proven without being sent (RFC 7616): MD5, SHA-256 and SHA-512-256, each also as `-sess`, and
 * the form without qop of old servers (RFC 2069). Of several challenges the one with the strongest hash is answered.
 *
 * The first request to an origin is sent without credentials, and once more when it was refused. Later ones use the same
 * challenge, with a count that goes up, until the server wants another. `auth-int` is used where the server offers
 * nothing else, and needs a body that is in memory.
 *
 * Wrong credentials give the response 401; AuthError is thrown when the server's challenge cannot be answered.
 *
 * @throws InvalidRequestError when one of them has a control character.
 */
export function digestAuth(user: string, password: string): Auth {
	requireCredentials('digestAuth', user, password);
	return new DigestAuth(user, password);
}

/** A challenge in use. One cnonce serves its nonce, because the key of `-sess` is made of both. */
interface Space {
	readonly challenge: DigestChallenge;
	readonly cnonce: string;
	/** Requests that were given this nonce. */
	count: number;
}

class DigestAuth implements Auth {
	readonly #user: string;
	readonly #password: string;
	readonly #spaces = new Map<string, Space>();

	constructor(user: string, password: string) {
		this.#user = user;
		this.#password = password;
	}

	authorize(request: AuthRequest): string | undefined {
		const space = this.#spaces.get(new URL(request.url).origin);
		if (space === undefined) return undefined;
		const { challenge, cnonce } = space;
		const { method, path, body } = request;
		if (challenge.qop === 'auth-int' && body === undefined) {
			throw new AuthError(
				request,
				'the server takes Digest only with qop=auth-int, which covers the body, and the body is a stream: give it whole.',
			);
		}
		space.count += 1;
		return digestHeader({
			challenge,
			user: this.#user,
			password: this.#password,
			method,
			uri: path,
			body: body ?? '',
			cnonce,
			nonceCount: space.count,
		});
	}

	renew(request: AuthRequest, { headers, authorization }: AuthChallenge): boolean {
		const offers = parseChallenges(headers['www-authenticate']).filter(({ scheme }) => scheme === 'digest');
		if (offers.length === 0) return false;
		const challenge = strongestDigest(offers);
		if (challenge === undefined) {
			throw new AuthError(
				request,
				`the server's Digest challenge has no nonce, or an algorithm or qop that is not supported: ${described(offers)}.`,
			);
		}
		const { origin } = new URL(request.url);
		const refused = parseChallenges(authorization)[0]?.parameters;
		const current = this.#spaces.get(origin)?.challenge;
		const sameRealm = refused?.get('realm') === challenge.realm;
		// Another request has renewed it meanwhile.
		if (current?.realm === challenge.realm && current.nonce !== refused?.get('nonce')) return true;
		this.#keep(origin, challenge);
		// Some servers forget a nonce without calling it stale. Its first use leaves no doubt: they refuse the credentials.
		return !sameRealm || challenge.stale || refused?.get('nc') !== FIRST_COUNT;
	}

	#keep(origin: string, challenge: DigestChallenge): void {
		this.#spaces.delete(origin);
		this.#spaces.set(origin, { challenge, cnonce: randomBytes(16).toString('base64'), count: 0 });
		const [oldest] = this.#spaces.keys();
		if (this.#spaces.size > MAX_ORIGINS && oldest !== undefined) this.#spaces.delete(oldest);
	}
}

function described(offers: ReturnType<typeof parseChallenges>): string {
	return offers
		.map(({ parameters }) => `algorithm=${parameters.get('algorithm') ?? 'MD5'} qop=${parameters.get('qop') ?? 'none'}`)
		.join('; ');
}
