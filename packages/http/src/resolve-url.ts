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
	const resolved = url instanceof URL ? url : URL.parse(url, baseUrl?.href);
	if (resolved === null) throw notAbsolute(method, url);
	return withQuery(resolved, query);
}
