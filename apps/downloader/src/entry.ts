import { closeName } from './close-name.ts';
import { type Digest, parseDigest } from './digest.ts';
import { UsageError } from './usage-error.ts';

/** A file as the user asks for it: an argument, or a line of a list. */
export interface Entry {
	/** Where it was asked for, such as `urls.txt, line 3`. */
	readonly place: string;
	readonly url: URL;
	readonly mirrors: readonly URL[];
	/** Below the folder of the output. */
	readonly name: string | undefined;
	readonly digest: Digest | undefined;
}

/** The usual ones first: what is short for several is taken for the first. */
const OPTIONS = ['out', 'sha256', 'sha512', 'sha384', 'sha1', 'md5'];

/** Where an option begins. */
const BEFORE_OPTION = /\s+(?=[a-zA-Z][\w-]*=)/;

/** A `|` is a character of URLs as well. */
const BETWEEN_URLS = /\s+|\|(?=[a-z]+:\/\/)/i;

/**
 * Reads a line: the URL, mirrors of the same file, and options.
 *
 * @param place where the text stands, for errors.
 * @throws UsageError in one sentence for what cannot be used.
 */
export function parseEntry(text: string, place: string): Entry {
	const [addresses = '', ...options] = text.trim().split(BEFORE_OPTION);
	const [url, ...mirrors] = addresses.split(BETWEEN_URLS).map((address) => parseUrl(address, place));
	if (url === undefined) throw new UsageError(`${place}: there is no URL.`);
	let name: string | undefined;
	let digest: Digest | undefined;
	for (const option of options) {
		const key = option.slice(0, option.indexOf('='));
		const value = option.slice(key.length + 1);
		if (!OPTIONS.includes(key)) {
			const near = closeName(key, OPTIONS);
			const guess = near === undefined ? `; there are ${OPTIONS.join(', ')}.` : `: did you mean "${near}"?`;
			throw new UsageError(`${place}: there is no option "${key}"${guess}`);
		}
		if (key === 'out') name = checkedName(value, place);
		else digest = checkedDigest(key, value, place);
	}
	return { place, url, mirrors, name, digest };
}

/** A URL for people: without its password. */
export function shownUrl(url: URL): string {
	const bare = new URL(url);
	bare.username = '';
	bare.password = '';
	return bare.href;
}

function parseUrl(text: string, place: string): URL {
	const url = URL.parse(text);
	if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
	const shown = text.replace(/^.*@/s, '…@');
	throw new UsageError(
		`${place}: "${shown}" is not a URL that can be downloaded; give an absolute one, such as https://example.com/a.iso.`,
	);
}

/** A list may come from somebody else: its names stay within the folder. */
function checkedName(name: string, place: string): string {
	const parts = name.split(/[/\\]/);
	const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/^[a-z]:/i.test(part));
	if (isPlain && !/[\p{Cc}\p{Cf}]|:\/\//u.test(name)) return name;
	throw new UsageError(`${place}: "out=${name}" must name a file below the output folder, such as out=a.iso.`);
}

function checkedDigest(algorithm: string, value: string, place: string): Digest {
	const digest = parseDigest(algorithm, value);
	if (digest !== undefined) return digest;
	throw new UsageError(`${place}: "${algorithm}=${value}" is not a ${algorithm} digest in hexadecimal.`);
}
