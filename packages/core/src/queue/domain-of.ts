/**
 * The unit of politeness: the host name of a normalised http(s) URL, with the port where it is not the scheme's own.
 * `http` and `https` of a host are one domain; two ports of a host are two, since two servers listen there.
 */
export function domainOf(url: string): string {
	// On the path of every link, and `new URL` costs a microsecond: a normalised URL can be cut by hand.
	const start = url.indexOf('//') + 2;
	let end = start;
	for (; end < url.length; end++) {
		const code = url.charCodeAt(end);
		if (code === SLASH || code === QUESTION_MARK || code === NUMBER_SIGN) break;
		// A user name, an upper-case letter or anything foreign: not normalised, so let the standard decide.
		if (code === AT_SIGN || code > 0x7a || (code >= 0x41 && code <= 0x5a)) return new URL(url).host;
	}
	return url.slice(start, end);
}

const SLASH = 0x2f;
const QUESTION_MARK = 0x3f;
const NUMBER_SIGN = 0x23;
const AT_SIGN = 0x40;
