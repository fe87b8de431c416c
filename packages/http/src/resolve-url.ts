import { InvalidRequestError } from './errors.ts';
import { isRecord, kindOf } from './kind-of.ts';
import { notAbsolute } from './request-target.ts';

/** Names to values; a list gives its name several times, `undefined` and `null` are left out. */
export type QueryParameters = Readonly<
	Record<string, string | number | boolean | null | undefined | readonly (string | number | boolean)[]>
>;

/**
 * A copy of `url` with `query` added to what it has.
 *
 * @throws InvalidRequestError for a value that has no plain text.
 */
export function withQuery(url: URL, query: QueryParameters | undefined): URL {
	if (query === undefined) return url;
	if (!isRecord(query)) {
		throw new InvalidRequestError(
			`query is ${kindOf(query)}: give an object of names and values, or make it part of the URL.`,
		);
	}
	const extended = new URL(url);
	for (const [name, value] of Object.entries(query)) {
		if (value === undefined || value === null) continue;
		for (const item of Array.isArray(value) ? value : [value]) {
			if (!['string', 'number', 'boolean'].includes(typeof item)) {
				throw new InvalidRequestError(
					`query.${name} is of type ${typeof item}: give a string, a number, a boolean or a list of these.`,
				);
			}
			extended.searchParams.append(name, String(item));
		}
	}
	return extended;
}

/**
 * The absolute URL of a request: `url` against `baseUrl` (RFC 3986 §5), with `query` added.
 *
 * @throws InvalidRequestError when there is none.
 */
export function resolveUrl(
	method: string,
	url: string | URL,
	baseUrl: URL | undefined,
	query: QueryParameters | undefined,
): string | URL {
	if (baseUrl === undefined && query === undefined) return url;
	return withQuery(againstBase(method, url, baseUrl), query);
}

/** @throws InvalidRequestError for what is no URL, even beside a `baseUrl`. */
export function againstBase(method: string, url: string | URL, baseUrl: URL | undefined): URL {
	if (url instanceof URL) return url;
	// `URL.parse` would make text of anything else: a forgotten argument would ask for ".../undefined".
	const resolved = typeof url === 'string' ? URL.parse(url, baseUrl?.href) : null;
	if (resolved === null) throw notAbsolute(method, url);
	return resolved;
}
