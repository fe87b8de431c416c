/** What a value is, for error messages: never the value itself. */
export function kindOf(value: unknown): string {
	if (value === null || value === undefined) return String(value);
	if (typeof value !== 'object') return `of type ${typeof value}`;
	return `an object of class ${value.constructor?.name ?? 'null'}`;
}

/** Whether a value is made of names and values, and not a list, a Map, Headers or URLSearchParams, which have no names of their own. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !(Symbol.iterator in value);
}
