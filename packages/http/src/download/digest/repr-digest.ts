import { DIGEST_BYTES, type DigestAlgorithm, type ExpectedDigest } from './expected-digest.ts';

/** The functions of RFC 9530 §7.2 that are not broken. Others are passed over. */
const ALGORITHMS: ReadonlyMap<string, DigestAlgorithm> = new Map([
	['sha-256', 'sha256'],
	['sha-512', 'sha512'],
]);

const KEY = '[a-z*][a-z0-9_.*-]*';
const BARE_ITEM = '(?:"(?:[ !#-\\[\\]-~]|\\\\["\\\\])*"|:[A-Za-z0-9+/=]*:|\\?[01]|[A-Za-z0-9*.+_:/%-]+)';
const PARAMETERS = `(?:; *${KEY}(?:=${BARE_ITEM})?)*`;
const MEMBER: RegExp = new RegExp(`(${KEY})(?:=(?::([A-Za-z0-9+/=]*):|${BARE_ITEM}))?${PARAMETERS}`, 'y');
const COMMA = /[ \t]*,[ \t]*/y;

/**
 * The digests of `Repr-Digest` (RFC 9530 §3), a dictionary of byte sequences (RFC 9651 §3.2). As there, a field that does
 * not parse counts for nothing, and of a name that comes twice the last value holds. So does a value of a length that
 * the function cannot have count for nothing.
 */
export function parseReprDigest(value: string | readonly string[] | undefined): ExpectedDigest[] {
	const text = (typeof value === 'string' ? value : (value?.join(',') ?? '')).trim();
	const digests = new Map<DigestAlgorithm, ExpectedDigest>();
	let at = 0;
	while (at < text.length) {
		MEMBER.lastIndex = at;
		const member = MEMBER.exec(text);
		if (member === null) return [];
		const [, name = '', base64] = member;
		const algorithm = ALGORITHMS.get(name);
		const bytes = Buffer.from(base64 ?? '', 'base64');
		if (algorithm !== undefined && bytes.length === DIGEST_BYTES[algorithm])
			digests.set(algorithm, { algorithm, bytes });
		at = MEMBER.lastIndex;
		if (at === text.length) break;
		COMMA.lastIndex = at;
		if (!COMMA.test(text) || COMMA.lastIndex === text.length) return [];
		at = COMMA.lastIndex;
	}
	return [...digests.values()];
}
