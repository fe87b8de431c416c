/** Matches every crawler that no group names (RFC 9309 §2.2.1). */
export const ANY_AGENT = '*';

/**
 * The product token of a crawler: the name that robots.txt groups are matched with, in lower case (RFC 9309 §2.2.1).
 *
 * - A bare name is cut at the first character that a product token cannot hold: `FooBot/1.2` and `Foo Bar` are
 *   `foobot` and `foo`. A name that starts with such a character (`360Spider`) is kept up to a space or a slash, so
 *   that it still equals itself.
 * - A browser-like `User-Agent` header names its crawler after `compatible;`:
 *   `Mozilla/5.0 (compatible; OrbweaverBot/1.0; +https://…)` is `orbweaverbot`.
 * - An empty name, and `*`, are `*`.
 */
export function productToken(userAgent: string): string {
	const name = /^\s*mozilla\//i.test(userAgent) ? (compatibleName(userAgent) ?? userAgent) : userAgent;
	return leadingToken(name) || ANY_AGENT;
}

/** What a `User-agent:` line names: `*`, a product token, or an empty string for nobody. */
export function groupToken(value: string): string {
	return /^\*(?:\s|$)/.test(value) ? ANY_AGENT : leadingToken(value);
}

function compatibleName(userAgent: string): string | undefined {
	return /[(;]\s*compatible;\s*([^;)]+)/i.exec(userAgent)?.[1];
}

function leadingToken(text: string): string {
	const trimmed = text.trim();
	const token = /^[A-Za-z_-]+/.exec(trimmed) ?? /^[^\s/]+/.exec(trimmed);
	return token ? token[0].toLowerCase() : '';
}
