// Letters, digits and -._~ (RFC 3986 §2.3). All other characters may mean something when they stand unescaped.
const UNRESERVED = /[A-Za-z0-9._~-]/;

/**
 * Writes the percent-encoding of a path or query in its one normal form: hexadecimal digits in upper case, unreserved
 * characters decoded (`%7e` → `~`), and a `%` that starts no escape encoded as `%25`. Nothing else is decoded, so
 * `%2F`, `%26` and `+` keep their meaning.
 *
 * Encoding the stray `%` is what makes a second run change nothing: in `%%34%31` it would otherwise meet the
 * decoded `41` and start a new escape.
 *
 * Source: RFC 3986 §6.2.2.1 and §6.2.2.2.
 */
export function normalizePercentEncoding(text: string): string {
	if (!text.includes('%')) return text;
	return text.replace(/%([0-9A-Fa-f]{2})?/g, (_match, hex: string | undefined) => {
		if (hex === undefined) return '%25';
		const char = String.fromCharCode(Number.parseInt(hex, 16));
		return UNRESERVED.test(char) ? char : `%${hex.toUpperCase()}`;
	});
}
