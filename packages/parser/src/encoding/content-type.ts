/** What a Content-Type header says that matters for decoding. */
export interface ContentType {
	/** `type/subtype` in lower case, or an empty string when there is none. */
	readonly essence: string;
	/** The value of the first `charset` parameter, unquoted and otherwise as sent. */
	readonly charset: string | undefined;
}

// Tolerant where servers are sloppy: spaces around "=", single quotes, a missing closing quote, and a
// second header value joined with a comma.
const CHARSET = /[;,\s]charset\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s;,"']+))/i;

/** Reads a Content-Type header (WHATWG MIME Sniffing: the first `charset` parameter counts). */
export function parseContentType(header: string | undefined): ContentType {
	if (!header) return { essence: '', charset: undefined };
	const essence = /^[^;,\s]*/.exec(header.trim())?.[0].toLowerCase() ?? '';
	const match = CHARSET.exec(header);
	return {
		essence: essence.includes('/') ? essence : '',
		charset: match?.[1] ?? match?.[2] ?? match?.[3],
	};
}

/** Is this an XML MIME type (`text/xml`, `application/xml` or `+xml`)? Source: WHATWG MIME Sniffing, "XML MIME type". */
export function isXmlType(essence: string): boolean {
	return essence === 'text/xml' || essence === 'application/xml' || essence.endsWith('+xml');
}
