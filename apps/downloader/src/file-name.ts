/**
 * Names that are safe and the same everywhere, and say what the file is: an extension, nothing hidden, no device of
 * Windows. For others the server's answer is asked, which says more, and what it says is made safe.
 */
const PLAIN_NAME =
	/^(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)[\p{L}\p{N}_][\p{L}\p{M}\p{N} ._+~()@,=-]{0,180}\.[\p{L}\p{N}]{1,16}$/iu;

/** How the files beside an unfinished download end: one called so could be taken for the state of another. */
const UNFINISHED = /\.part(?:\.[a-z]+)*$/iu;

/** The name for the file of a URL; undefined when the server has to say. */
export function nameFromUrl(url: URL): string | undefined {
	const name = pathOf(url).split('/').at(-1) ?? '';
	const isPlain = PLAIN_NAME.test(name) && Buffer.byteLength(name) <= 200 && !UNFINISHED.test(name);
	return url.search === '' && isPlain ? name : undefined;
}

/** The path of a URL as people write it. */
export function pathOf({ pathname }: URL): string {
	try {
		return decodeURIComponent(pathname);
	} catch {
		return pathname; // A stray % was meant literally.
	}
}
