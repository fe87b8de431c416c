/** The name of the file that a path stands for; a path that is no percent-encoded UTF-8 stands for itself. */
export function nameAt(pathname: string): string {
	try {
		return decodeURIComponent(pathname.slice(1));
	} catch {
		return pathname.slice(1);
	}
}
