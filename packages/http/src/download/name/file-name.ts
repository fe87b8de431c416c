import { firstValue, type ResponseHeaders } from '../../response-headers.ts';
import { suggestedName } from './content-disposition.ts';
import { safeFileName } from './safe-file-name.ts';

/** When neither the server nor the URL has a name that can be used. */
const FALLBACK = 'download';

/**
 * What to call the file of a response: as its `Content-Disposition` says (RFC 6266), else like the last part of the URL
 * that answered, made safe either way. It is a name only: joined to a folder it cannot lead out of it.
 */
export function fileNameOf(headers: ResponseHeaders, url: string): string {
	const suggested = suggestedName(firstValue(headers, 'content-disposition'));
	return (suggested !== undefined && safeFileName(suggested)) || safeFileName(lastPart(url)) || FALLBACK;
}

function lastPart(url: string): string {
	const part = new URL(url).pathname.split('/').at(-1) ?? '';
	try {
		return decodeURIComponent(part);
	} catch {
		return part; // A stray % was meant literally.
	}
}
