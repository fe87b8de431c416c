import { createHash } from 'node:crypto';

const hashes = {
	MD5: 'md5',
	'MD5-sess': 'md5',
	'SHA-256': 'sha256',
	'SHA-256-sess': 'sha256',
} as const;

export type DigestAlgorithm = keyof typeof hashes;

/** The algorithms by their names in RFC 7616. */
export const digestAlgorithms: readonly string[] = Object.keys(hashes);

export function isDigestAlgorithm(name: string): name is DigestAlgorithm {
	return Object.hasOwn(hashes, name);
}

export type Qop = 'auth' | 'auth-int';

/** Everything that goes into a digest; strings without quotes and backslashes. */
export interface DigestInput {
	readonly algorithm: DigestAlgorithm;
	readonly user: string;
	readonly realm: string;
	readonly password: string;
	readonly method: string;
	readonly uri: string;
	readonly nonce: string;
	/** As sent: eight hexadecimal digits. */
	readonly nc: string;
	readonly cnonce: string;
	/** The `cnonce` of the first request with this nonce; counts for the `-sess` algorithms. */
	readonly firstCnonce: string;
	readonly qop: Qop;
	/** Counts for `auth-int`. */
	readonly body: Uint8Array;
}

/** The `response` that whoever knows the password sends, in hexadecimal (RFC 7616 sections 3.4.1 to 3.4.3). */
export function digestResponse(input: DigestInput): string {
	const { algorithm, user, realm, password, method, uri, nonce, nc, cnonce, firstCnonce, qop, body } = input;
	const hash = (data: string | Uint8Array): string => createHash(hashes[algorithm]).update(data).digest('hex');
	const secret = hash(`${user}:${realm}:${password}`);
	const session = algorithm.endsWith('-sess') ? hash(`${secret}:${nonce}:${firstCnonce}`) : secret;
	const request = qop === 'auth-int' ? `${method}:${uri}:${hash(body)}` : `${method}:${uri}`;
	return hash(`${session}:${nonce}:${nc}:${cnonce}:${qop}:${hash(request)}`);
}
