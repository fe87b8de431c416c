/** One challenge of a `WWW-Authenticate` header. */
export interface Challenge {
	/** In lower case. */
	readonly scheme: string;
	readonly token68: string | undefined;
	/** Names in lower case; the first of equal ones counts. */
	readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = /[!#$%&'*+\-.^_`|~\dA-Za-z]+/y;
const TOKEN68 = / +([A-Za-z\d\-._~+/]+=*)(?=[ \t]*(?:,|$))/y;
const EQUALS = /[ \t]*=[ \t]*/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/sy;
const SEPARATORS = /[ \t,]*/y;

/**
 * The challenges of a header that may have come several times (RFC 9110 §11.6.1). Commas part both challenges and their
 * parameters: what is followed by `=` is a parameter, anything else begins a challenge. Reading ends where a header
 * breaks the rules; what was read before stands.
 */
export function parseChallenges(header: string | readonly string[] | undefined): Challenge[] {
	if (header === undefined) return [];
	return typeof header === 'string' ? parseOne(header) : header.flatMap(parseOne);
}

function parseOne(text: string): Challenge[] {
	const challenges: Challenge[] = [];
	let parameters: Map<string, string> | undefined;
	let position = 0;
	const take = (pattern: RegExp): RegExpExecArray | null => {
		pattern.lastIndex = position;
		const match = pattern.exec(text);
		if (match !== null) position = pattern.lastIndex;
		return match;
	};
	for (;;) {
		take(SEPARATORS);
		const name = take(TOKEN)?.[0].toLowerCase();
		if (name === undefined) return challenges;
		if (parameters !== undefined && take(EQUALS) !== null) {
			const value = take(QUOTED)?.[1]?.replaceAll(/\\(.)/gs, '$1') ?? take(TOKEN)?.[0];
			if (value === undefined) return challenges;
			if (!parameters.has(name)) parameters.set(name, value);
		} else {
			parameters = new Map();
			challenges.push({ scheme: name, token68: take(TOKEN68)?.[1], parameters });
		}
	}
}
