import { UsageError } from './usage-error.ts';

/** A name is a token (RFC 9110 §5.1), a value has no control characters (§5.5). */
const HEADER = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;

/** What a download asks with, and how the connection is kept, is not for others to say. */
const OWN = /^(?:range|if-.*|accept-encoding|connection|content-length|transfer-encoding|te|upgrade)$/i;

/**
 * Reads `Name: value` arguments. A value may be a secret, and is not shown.
 *
 * @throws UsageError naming the one that is no header, or that must be left to the download.
 */
export function parseHeaders(headers: readonly string[]): Record<string, string[]> {
	const parsed = new Map<string, string[]>();
	for (const [index, header] of headers.entries()) {
		const [, name, value] = HEADER.exec(header) ?? [];
		if (name === undefined || value === undefined) {
			const which = headers.length === 1 ? '' : ` number ${index + 1}`;
			throw new UsageError(`--header${which} must be one header, such as 'Referer: https://example.com/'.`);
		}
		if (OWN.test(name)) throw new UsageError(`--header "${name}" is set by the download itself: leave it out.`);
		const key = name.toLowerCase();
		parsed.set(key, [...(parsed.get(key) ?? []), value]);
	}
	return Object.fromEntries(parsed);
}
