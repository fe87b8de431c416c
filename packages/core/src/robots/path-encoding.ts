/**
 * The path and query of a URL as rules are compared with it (RFC 9309 §2.2.2): percent-encoded unreserved characters
 * decoded, everything that is not plain ASCII encoded, hexadecimal digits in upper case. Reserved characters stay as
 * written, since `/` and `%2F` are different addresses. `*` and `$` are encoded: in a URL they are only characters.
 */
export function urlToMatch(url: URL): string {
	// `URL.search` is empty for `/x?` too, but `Disallow: /x?` is about exactly that address.
	const [bare] = url.href.split('#', 1) as [string];
	const query = url.search || (bare.endsWith('?') ? '?' : '');
	return encode(url.pathname + query, '%2A').replaceAll('$', '%24');
}

/**
 * A rule's path, one character per byte, in the same spelling as {@link urlToMatch}; `*` and a `$` at the end keep
 * their meaning (RFC 9309 §2.2.3). A run of `*` means no more than one, and makes a rule no more specific.
 *
 * A rule about a query that holds an address yields two spellings: the RFC's table of examples matches
 * `?u=https://foo.bar` with `?u=https%3A%2F%2Ffoo.bar`, and crawlers match it as it is written.
 */
export function ruleSpellings(path: string): string[] {
	const anchored = path.endsWith('$');
	const plain = (anchored ? path.slice(0, -1) : path).replace(/\*+/g, '*');
	const body = encode(plain, '*').replaceAll('$', '%24');
	const mark = body.indexOf('?') + 1;
	const query = body.slice(mark);
	const escaped = mark > 0 ? query.replaceAll(':', '%3A').replaceAll('/', '%2F') : query;
	const spellings = escaped === query ? [body] : [body, body.slice(0, mark) + escaped];
	return anchored ? spellings.map((spelling) => `${spelling}$`) : spellings;
}

const UNRESERVED = /[A-Za-z0-9\-._~]/;

// Left alone are the unreserved characters and those reserved ones that `URL` leaves alone both in a path and in a
// query; it encodes `'`, `[` and `]` in some places only, so they are encoded here in all.
const ESCAPE_OR_UNSAFE = /%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~:/?@!$&()+,;=]/g;

function encode(bytes: string, star: string): string {
	return bytes.replace(ESCAPE_OR_UNSAFE, (match) => {
		if (match.length === 3) {
			const character = String.fromCharCode(Number.parseInt(match.slice(1), 16));
			return UNRESERVED.test(character) ? character : match.toUpperCase();
		}
		if (match === '*') return star;
		return `%${match.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
	});
}
