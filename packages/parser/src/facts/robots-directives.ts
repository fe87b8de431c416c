/** What a page asks of crawlers, from its `<meta>` tags and its `X-Robots-Tag` header together. */
export interface RobotsDirectives {
	/** `noindex` or `none` stands somewhere. */
	readonly noindex: boolean;
	/** `nofollow` or `none` stands somewhere. */
	readonly nofollow: boolean;
	/** The value of `unavailable_after` as written: sites use several date formats. */
	readonly unavailableAfter: string | undefined;
	/** Every directive in lower case, each once, in order: `['noindex', 'max-snippet:50']`. */
	readonly directives: readonly string[];
}

/** Directives with a value; any other `name:` at the start of a header part names a crawler. */
const VALUED: ReadonlySet<string> = new Set([
	'max-image-preview',
	'max-snippet',
	'max-video-preview',
	'unavailable_after',
]);

const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*$/i;

/**
 * The product token of a User-Agent, in lower case: `Orbweaver/1.0 (+https://…)` → `orbweaver`.
 * Source: RFC 9309 §2.2.1.
 */
export function productToken(userAgent: string): string {
	return /^[a-z_-]*/i.exec(userAgent.trim())?.[0].toLowerCase() ?? '';
}

/** The directives of a `<meta name=robots>` content. */
export function metaDirectives(content: string): readonly string[] {
	return splitDirectives(content);
}

/**
 * The directives of one `X-Robots-Tag` value that are meant for `agent` (a product token) or for everyone.
 * `googlebot: nofollow, noindex` is scoped to the end of the value or the next crawler's name.
 */
export function headerDirectives(value: string, agent: string | undefined): readonly string[] {
	let isForUs = true;
	return splitDirectives(value).flatMap((part) => {
		const scope = /^([^\s:]+)\s*:\s*(.*)$/.exec(part);
		if (!scope || VALUED.has(scope[1]?.toLowerCase() ?? '')) return isForUs ? part : [];
		isForUs = agent !== undefined && scope[1]?.toLowerCase() === agent;
		return isForUs && scope[2] ? scope[2] : [];
	});
}

/** Joins directives of all sources; where they disagree, the stricter one counts. */
export function mergeDirectives(parts: readonly string[]): RobotsDirectives {
	const directives = new Set<string>();
	let unavailableAfter: string | undefined;
	for (const part of parts) {
		const [name = '', value] = splitOnce(part, ':');
		const key = name.trim().toLowerCase();
		if (key === 'unavailable_after' && value !== undefined) unavailableAfter ??= value.trim();
		directives.add(value === undefined ? key : `${key}:${value.trim().toLowerCase()}`);
	}
	const isNone = directives.has('none');
	return {
		noindex: isNone || directives.has('noindex'),
		nofollow: isNone || directives.has('nofollow'),
		unavailableAfter,
		directives: [...directives],
	};
}

/** Splits at commas, except behind the weekday of a date: `unavailable_after: Wed, 21 Oct 2026 07:28:00 GMT`. */
function splitDirectives(text: string): readonly string[] {
	const parts: string[] = [];
	let isDateOpen = false;
	for (const piece of text.split(',')) {
		const part = piece.trim();
		if (isDateOpen) {
			parts.push(`${parts.pop()}, ${part}`);
			isDateOpen = false;
		} else if (part !== '') {
			parts.push(part);
			const date = /unavailable_after\s*:\s*(.*)$/i.exec(part)?.[1];
			isDateOpen = date !== undefined && WEEKDAY.test(date);
		}
	}
	return parts;
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
	const at = text.indexOf(separator);
	return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
