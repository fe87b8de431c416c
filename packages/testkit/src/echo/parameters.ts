/** A whole number from the query, or `fallback` if it is not there. @throws {RangeError} for all else. */
export function queryNumber(url: URL, name: string, fallback: number, least: number, most: number): number {
	const text = url.searchParams.get(name);
	return text === null ? fallback : wholeNumberOf(name, text, least, most);
}

/** The whole number that follows the first part of the path. @throws {RangeError} if there is none. */
export function pathNumber(url: URL, least: number, most: number): number {
	const [first, rest] = splitPath(url);
	return wholeNumberOf(`The number after ${first}/`, rest, least, most);
}

/** `/charset/utf-8` as `/charset` and `utf-8`. */
export function splitPath({ pathname }: URL): readonly [first: string, rest: string] {
	const slash = pathname.indexOf('/', 1);
	return slash === -1 ? [pathname, ''] : [pathname.slice(0, slash), pathname.slice(slash + 1)];
}

/** A parameter that is one of a few words, or the first of them if it is not there. @throws {RangeError} for all else. */
export function queryChoice<T extends string>(url: URL, name: string, choices: readonly [T, ...T[]]): T {
	const text = url.searchParams.get(name);
	const choice = text === null ? choices[0] : choices.find((one) => one === text);
	if (choice !== undefined) return choice;
	throw new RangeError(`${name} must be ${choices.join(' or ')}, got ${JSON.stringify(text)}`);
}

function wholeNumberOf(name: string, text: string, least: number, most: number): number {
	const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
	if (value >= least && value <= most) return value;
	throw new RangeError(`${name} must be a whole number from ${least} to ${most}, got ${JSON.stringify(text)}`);
}
