/** One parameter of credentials, and how it was written: some may only be quoted, some never. */
export interface AuthParam {
	/** Without quotes and backslashes. */
	readonly value: string;
	readonly quoted: boolean;
}

const param = /[ \t]*([!#$%&'*+.^_`|~\w-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~\w-]+))[ \t]*(?:,|$)/y;

/**
 * Reads `name=value, name="value"` (RFC 9110 section 11.2); names come out in lower case. `undefined` if something
 * else stands between them or a name occurs twice.
 */
export function readAuthParams(text: string): ReadonlyMap<string, AuthParam> | undefined {
	const params = new Map<string, AuthParam>();
	const pattern = new RegExp(param);
	while (pattern.lastIndex < text.length) {
		const match = pattern.exec(text);
		if (match === null) return undefined;
		const [, name = '', quoted, token = ''] = match;
		const value = quoted?.replace(/\\(.)/g, '$1') ?? token;
		if (params.has(name.toLowerCase())) return undefined;
		params.set(name.toLowerCase(), { value, quoted: quoted !== undefined });
	}
	return params;
}
