/** One link of a Link header. */
export interface HeaderLink {
	/** The target as sent, not yet resolved. */
	readonly href: string;
	/** Relation types in lower case. */
	readonly rels: readonly string[];
	readonly hreflang: string | undefined;
}

// A target, then parameters whose quoted values may hold commas and semicolons.
const LINK = /<([^>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)/g;
const PARAM = /;\s*([^\s=;,]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/g;

/** Reads a Link header. Of repeated parameters the first counts. Source: RFC 8288 §3. */
export function parseLinkHeader(value: string): readonly HeaderLink[] {
	return Array.from(value.matchAll(LINK), ([, href = '', tail = '']) => {
		const params = new Map<string, string>();
		for (const [, name = '', quoted, bare] of tail.matchAll(PARAM)) {
			const key = name.toLowerCase();
			if (!params.has(key)) params.set(key, quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
		}
		const rels = (params.get('rel') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
		return { href: href.trim(), rels, hreflang: params.get('hreflang') };
	});
}
