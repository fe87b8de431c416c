/** Response headers: names in lower case, values as Latin-1 text, a list when a name came more than once. */
export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The first value of a header, `undefined` when it is absent. */
export function firstValue(headers: ResponseHeaders, name: string): string | undefined {
	const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
	return typeof value === 'string' ? value : value?.[0];
}
