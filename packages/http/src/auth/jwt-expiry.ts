/**
 * When a JSON Web Token ends, in milliseconds since 1970, by its own word (`exp`, RFC 7519 §4.1.4): good enough to know
 * when to ask for another, and never checked. `undefined` for a token without one, and for any other text.
 */
export function jwtExpiry(token: string): number | undefined {
	const [, payload, signature] = token.split('.', 3);
	if (payload === undefined || signature === undefined) return undefined;
	try {
		const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
		if (typeof claims !== 'object' || claims === null || !('exp' in claims)) return undefined;
		return typeof claims.exp === 'number' ? claims.exp * 1_000 : undefined;
	} catch {
		return undefined;
	}
}
