/** Response headers: a `Headers` object, or a record as Node and undici give it. Names count without case. */
export type HeadersInput = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** All values of one header, each as it was sent; `Headers` joins repeated ones with a comma. */
export function headerValues(headers: HeadersInput | undefined, name: string): readonly string[] {
	if (headers === undefined) return [];
	if (headers instanceof Headers) {
		const value = headers.get(name);
		return value === null ? [] : [value];
	}
	const wanted = name.toLowerCase();
	return Object.entries(headers).flatMap(([key, value]) =>
		value === undefined || key.toLowerCase() !== wanted ? [] : value,
	);
}
