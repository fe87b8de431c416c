/** What a client says who it is (RFC 7617 section 2). */
export interface BasicCredentials {
	readonly user: string;
	/** May contain colons; a user may not. */
	readonly password: string;
}

/**
 * Reads an `Authorization` field of the scheme Basic, in UTF-8. `undefined` for every other scheme, for Base64 that
 * is not exactly RFC 4648 section 4 with its padding, and where the colon is missing.
 */
export function readBasicCredentials(authorization: string): BasicCredentials | undefined {
	const encoded = /^Basic +(\S+)$/i.exec(authorization)?.[1];
	if (encoded === undefined) return undefined;
	const bytes = Buffer.from(encoded, 'base64');
	// Node's decoder skips what is wrong; only what encodes to itself was right.
	if (bytes.toString('base64') !== encoded) return undefined;
	const [, user, password] = /^([^:]*):(.*)$/s.exec(bytes.toString('utf8')) ?? [];
	return user === undefined || password === undefined ? undefined : { user, password };
}
