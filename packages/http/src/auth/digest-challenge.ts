import { getHashes } from 'node:crypto';
import type { Challenge } from './parse-challenges.ts';

/** The hashes of RFC 7616, weakest first. */
const HASHES = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' } as const;

/** A Digest challenge that can be answered (RFC 7616 §3.3). Texts are as they came, a character for each byte. */
export interface DigestChallenge {
	readonly realm: string;
	readonly nonce: string;
	readonly opaque: string | undefined;
	/** As the server wrote it; `undefined` when it did not, which is MD5. */
	readonly algorithm: string | undefined;
	/** In terms of `node:crypto`. */
	readonly hash: (typeof HASHES)[keyof typeof HASHES];
	/** The key covers the nonces too (`-sess`). */
	readonly session: boolean;
	/** `undefined` for the first form of Digest, without counts (RFC 2069). */
	readonly qop: 'auth' | 'auth-int' | undefined;
	/** The server wants the hash of the user name instead of the name. */
	readonly userhash: boolean;
	/** The server says that it reads UTF-8. */
	readonly utf8: boolean;
	/** Only the nonce was too old. */
	readonly stale: boolean;
}

/** The challenge with the best hash, the first of equals; `undefined` when none can be answered. */
export function strongestDigest(challenges: readonly Challenge[]): DigestChallenge | undefined {
	const names = Object.values(HASHES);
	return challenges
		.map(digestChallenge)
		.filter((challenge) => challenge !== undefined)
		.reduce<DigestChallenge | undefined>((best, challenge) => {
			if (best === undefined || names.indexOf(challenge.hash) > names.indexOf(best.hash)) return challenge;
			return best;
		}, undefined);
}

function digestChallenge({ scheme, parameters }: Challenge): DigestChallenge | undefined {
	if (scheme !== 'digest') return undefined;
	const nonce = parameters.get('nonce');
	const algorithm = parameters.get('algorithm');
	const [, base, session] = /^(.+?)(-sess)?$/i.exec(algorithm ?? 'MD5') ?? [];
	const name = Object.keys(HASHES).find((known) => known === base?.toUpperCase()) as keyof typeof HASHES | undefined;
	const qops = parameters.get('qop');
	const qop = qops === undefined ? undefined : chosenQop(qops);
	if (nonce === undefined || name === undefined || (qops !== undefined && qop === undefined)) return undefined;
	// Not every build of OpenSSL has every hash: FIPS mode knows no MD5.
	if (!getHashes().includes(HASHES[name])) return undefined;
	return {
		realm: parameters.get('realm') ?? '',
		nonce,
		opaque: parameters.get('opaque'),
		algorithm,
		hash: HASHES[name],
		session: session !== undefined,
		qop,
		userhash: isTrue(parameters.get('userhash')),
		utf8: parameters.get('charset')?.toUpperCase() === 'UTF-8',
		stale: isTrue(parameters.get('stale')),
	};
}

/** Covering the body costs its hash and rules streams out, and few servers get it right: only where it is a must. */
function chosenQop(list: string): 'auth' | 'auth-int' | undefined {
	const offered = list.split(',').map((option) => option.trim().toLowerCase());
	return (['auth', 'auth-int'] as const).find((option) => offered.includes(option));
}

function isTrue(value: string | undefined): boolean {
	return value?.toLowerCase() === 'true';
}
