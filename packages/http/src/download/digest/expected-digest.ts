import { InvalidRequestError } from '../../errors.ts';

/** Hash functions that files are published with. The weak ones find accidents, not attackers. */
export type DigestAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** What a digest of the whole file has to be. */
export interface ExpectedDigest {
	readonly algorithm: DigestAlgorithm;
	readonly bytes: Buffer;
}

/** Length of each function's value, in bytes. */
export const DIGEST_BYTES: Readonly<Record<DigestAlgorithm, number>> = {
	md5: 16,
	sha1: 20,
	sha256: 32,
	sha384: 48,
	sha512: 64,
};

/**
 * Reads a digest in hexadecimal or base64, which its length tells apart.
 *
 * @throws InvalidRequestError naming the option, its value and what would do.
 */
export function parseDigest(option: string, algorithm: string, value: unknown): ExpectedDigest {
	if (!isDigestAlgorithm(algorithm)) {
		const names = Object.keys(DIGEST_BYTES).join(', ');
		throw new InvalidRequestError(`${option} names the algorithm "${algorithm}": give one of ${names}.`);
	}
	const length = DIGEST_BYTES[algorithm];
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^[\da-f]+$/i.test(text) && text.length === 2 * length) return { algorithm, bytes: Buffer.from(text, 'hex') };
	const bytes = /^[\w+/-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
	if (bytes?.length === length && text.length <= 4 * Math.ceil(length / 3)) return { algorithm, bytes };
	throw new InvalidRequestError(
		`${option} is "${String(value)}": give the ${length} bytes of the ${algorithm} digest in hexadecimal or base64.`,
	);
}

/** Each digest once. */
export function uniqueDigests(digests: readonly ExpectedDigest[]): ExpectedDigest[] {
	const seen = new Map(digests.map((digest) => [`${digest.algorithm} ${digest.bytes.toString('hex')}`, digest]));
	return [...seen.values()];
}

function isDigestAlgorithm(name: string): name is DigestAlgorithm {
	return Object.hasOwn(DIGEST_BYTES, name);
}
