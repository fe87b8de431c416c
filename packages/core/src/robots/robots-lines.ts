/** One line of a robots.txt file that means something to a crawler. */
export interface RobotsLine {
	readonly field: 'user-agent' | 'allow' | 'disallow' | 'crawl-delay' | 'sitemap';
	readonly value: string;
	/** From 1; missing unless they were asked for with their numbers. */
	readonly line?: number;
}

/**
 * The lines of a robots.txt file that a crawler acts on, in order. Comments, blank lines and unknown fields are left
 * out, so they can neither open nor close a group (RFC 9309 §2.2, §2.2.4).
 *
 * Two kinds of mistake are read as they were meant, as RFC 9309 §2.2 allows and Google's matcher does: the misspelt
 * fields below, and a missing colon when exactly two words are left.
 */
export function robotsLines(text: string): RobotsLine[] {
	const lines: RobotsLine[] = [];
	for (const raw of text.split(LINE_END)) {
		const parts = splitLine(raw);
		const field = parts && FIELDS.get(parts[0].toLowerCase());
		if (parts && field) lines.push({ field, value: parts[1] });
	}
	return lines;
}

/** The same lines, each with its number in the file. */
export function numberedRobotsLines(text: string): RobotsLine[] {
	return text.split(LINE_END).flatMap((raw, index) => robotsLines(raw).map((line) => ({ ...line, line: index + 1 })));
}

const LINE_END = /\r\n|\r|\n/;

const FIELDS: ReadonlyMap<string, RobotsLine['field']> = new Map([
	['user-agent', 'user-agent'],
	['useragent', 'user-agent'],
	['user agent', 'user-agent'],
	['allow', 'allow'],
	['disallow', 'disallow'],
	['dissallow', 'disallow'],
	['dissalow', 'disallow'],
	['disalow', 'disallow'],
	['diasllow', 'disallow'],
	['disallaw', 'disallow'],
	['crawl-delay', 'crawl-delay'],
	['sitemap', 'sitemap'],
	['site-map', 'sitemap'],
]);

function splitLine(raw: string): [field: string, value: string] | undefined {
	const comment = raw.indexOf('#');
	const line = (comment < 0 ? raw : raw.slice(0, comment)).trim();
	const colon = line.indexOf(':');
	if (colon >= 0) return [line.slice(0, colon).trimEnd(), line.slice(colon + 1).trimStart()];
	const words = line.split(/\s+/);
	return words.length === 2 ? [words[0] as string, words[1] as string] : undefined;
}
