import { UsageError } from './usage-error.ts';

/** A name is a token (RFC 9110 §5.1), a value has no control characters (§5.5). */
const HEADER = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;

/**
 * Reads `Name: value` headers. A value may be a secret, and is not shown.
 *
 * @throws UsageError naming the one that is no header.
 */
export function parseHeaders(headers: readonly string[]): Record<string, string> {
	const parsed = new Map<string, string>();
	for (const [index, header] of headers.entries()) {
		const [, name, value] = HEADER.exec(header) ?? [];
		if (name === undefined || value === undefined) {
			const which = headers.length === 1 ? '' : ` number ${index + 1}`;
			throw new UsageError(`--header${which} must be one header, such as 'Accept-Language: de'.`);
		}
		const key = name.toLowerCase();
		const before = parsed.get(key);
		parsed.set(key, before === undefined ? value : `${before}, ${value}`);
	}
	return Object.fromEntries(parsed);
}
