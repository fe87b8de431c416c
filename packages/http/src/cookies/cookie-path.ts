/**
 * A cookie's path in the form that tough-cookie compares: it decodes the path of a URL and takes that of a cookie as it
 * is, so that `/caf%C3%A9` would not match itself.
 */
export function cookiePath(path: string): string {
	try {
		return decodeURI(path);
	} catch {
		return path;
	}
}
