/** The longest name in bytes: file systems take 255, and the files beside it have longer names. */
export const MAX_NAME_BYTES = 240;

/** An extension beyond this is no extension. */
const MAX_EXTENSION_BYTES = 20;

/** Invisible characters that a name can lie with: controls, marks of direction, zero widths, line separators. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** What Windows does not take in names; a colon would name a hidden stream of a file. */
const FORBIDDEN = /[<>:"|?*]/g;

/** Devices of Windows, whatever follows the first dot. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(?:\.|$)/i;

/**
 * How the files beside an unfinished download end (see `downloadPaths`). A server that gave such a name could plant the
 * state of another download, and file systems that ignore case take more letters for these than ASCII has.
 */
const OWN_ENDING = /\.(part(?:\.(?:json(?:\.tmp)?|lock))?)$/iu;

/**
 * A name that is one file within its folder on every system, made of one that a stranger gave; `undefined` when nothing
 * is left of it. Only what follows the last separator of either kind counts. A file is not hidden by a leading dot, and not
 * taken for one of those beside an unfinished download.
 */
export function safeFileName(given: string): string | undefined {
	const base = given
		.toWellFormed()
		.replace(INVISIBLE, '')
		.replace(/^.*[/\\]/s, '');
	const kept = trimmed(base.replace(FORBIDDEN, '_'));
	if (kept === '') return undefined;
	const name = kept.replace(/^\.+/, '_');
	return shortened(DEVICE.test(name) ? `_${name}` : name).replace(OWN_ENDING, '_$1');
}

/** Windows drops dots and spaces at the end, which would make another name of it. */
function trimmed(name: string): string {
	return name.trimStart().replace(/[\s.]+$/, '');
}

/** Cuts the middle out: the extension says what the file is. */
function shortened(name: string): string {
	if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
	const dot = name.lastIndexOf('.');
	const extension = dot > 0 && Buffer.byteLength(name.slice(dot)) <= MAX_EXTENSION_BYTES ? name.slice(dot) : '';
	const room = MAX_NAME_BYTES - Buffer.byteLength(extension);
	let stem = '';
	let bytes = 0;
	for (const character of name.slice(0, name.length - extension.length)) {
		bytes += Buffer.byteLength(character);
		if (bytes > room) break;
		stem += character;
	}
	return trimmed(stem) + extension;
}
