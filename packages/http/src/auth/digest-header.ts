import { createHash } from 'node:crypto';
import type { DigestChallenge } from './digest-challenge.ts';

/** What an answer to a challenge is made of. */
export interface DigestAnswer {
	readonly challenge: DigestChallenge;
	readonly user: string;
	readonly password: string;
	readonly method: string;
	/** As it goes into the request line. */
	readonly uri: string;
	/** Covered with `auth-int`. */
	readonly body: string | Uint8Array;
	readonly cnonce: string;
	/** How many requests used the nonce, with this one. */
	readonly nonceCount: number;
}

/** The value of `Authorization` that answers a Digest challenge (RFC 7616 §3.4; without qop RFC 2069 §2.1.2). */
export function digestHeader(answer: DigestAnswer): string {
	const { challenge, method, uri, body, cnonce } = answer;
	const { realm, nonce, opaque, algorithm, qop, session } = challenge;
	const hash = (data: string | Uint8Array): string => {
		const hashed = createHash(challenge.hash);
		return (typeof data === 'string' ? hashed.update(data, 'latin1') : hashed.update(data)).digest('hex');
	};
	const user = octets(answer.user);
	const nonceCount = answer.nonceCount.toString(16).padStart(8, '0');

	const secret = hash(`${user}:${realm}:${octets(answer.password)}`);
	const key = session ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
	const covered = qop === 'auth-int' ? `${method}:${uri}:${hash(Buffer.from(body))}` : `${method}:${uri}`;
	const counted = qop === undefined ? nonce : `${nonce}:${nonceCount}:${cnonce}:${qop}`;

	const fields = [userField(answer, user, hash)];
	fields.push(`realm=${quoted(realm)}`, `nonce=${quoted(nonce)}`, `uri=${quoted(uri)}`);
	if (algorithm !== undefined) fields.push(`algorithm=${algorithm}`);
	if (qop !== undefined) fields.push(`qop=${qop}`, `nc=${nonceCount}`);
	if (qop !== undefined || session) fields.push(`cnonce=${quoted(cnonce)}`);
	fields.push(`response="${hash(`${key}:${counted}:${hash(covered)}`)}"`);
	if (opaque !== undefined) fields.push(`opaque=${quoted(opaque)}`);
	if (challenge.userhash) fields.push('userhash=true');
	return `Digest ${fields.join(', ')}`;
}

function userField({ challenge, user }: DigestAnswer, userOctets: string, hash: (data: string) => string): string {
	if (challenge.userhash) return `username="${hash(`${userOctets}:${challenge.realm}`)}"`;
	// Only servers that say `charset` are sure to know `username*`; the others get the bytes of UTF-8 as they are.
	if (challenge.utf8 && userOctets !== user) return `username*=UTF-8''${percentEncoded(user.normalize('NFC'))}`;
	return `username=${quoted(userOctets)}`;
}

/** The text in UTF-8, a character for each byte, as headers are written and realms were read. */
function octets(text: string): string {
	return Buffer.from(text.normalize('NFC')).toString('latin1');
}

function quoted(text: string): string {
	return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** RFC 8187 §3.2.1: encodeURIComponent leaves five characters as they are that a value must not have. */
function percentEncoded(text: string): string {
	return encodeURIComponent(text).replaceAll(
		/['()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}
