/** What the bytes of a file must come to. */
export interface Digest {
	/** `md5`, `sha1`, `sha256`, `sha384` or `sha512`. */
	readonly algorithm: string;
	/** In hexadecimal. */
	readonly value: string;
}

const HEX_DIGITS: Readonly<Record<string, number>> = { md5: 32, sha1: 40, sha256: 64, sha384: 96, sha512: 128 };

/** A digest in hexadecimal; undefined for anything else. */
export function parseDigest(algorithm: string, value: string): Digest | undefined {
	const fits = value.length === HEX_DIGITS[algorithm] && /^[\da-f]+$/i.test(value);
	return fits ? { algorithm, value: value.toLowerCase() } : undefined;
}

/** A digest whose length says by which function it is. */
export function digestOfLength(value: string): Digest | undefined {
	const algorithm = Object.keys(HEX_DIGITS).find((name) => HEX_DIGITS[name] === value.length);
	return algorithm === undefined ? undefined : parseDigest(algorithm, value);
}
