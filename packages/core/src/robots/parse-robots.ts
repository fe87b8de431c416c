import { urlToMatch } from './path-encoding.ts';
import { productToken } from './product-token.ts';
import { robotsText } from './robots-bytes.ts';
import { RobotsGroups } from './robots-groups.ts';
import { robotsLines } from './robots-lines.ts';
import { RuleBook } from './rule-book.ts';

/** What one robots.txt file says. */
export interface Robots {
	/**
	 * Whether a crawler may fetch a URL of the file's own origin. `/robots.txt` itself is always allowed.
	 *
	 * @param userAgent the crawler's product token (`OrbweaverBot`), or a `User-Agent` header it can be read from.
	 * @throws TypeError when the URL is of another scheme, host or port, about which the file says nothing.
	 */
	isAllowed(url: string, userAgent: string): boolean;
	/** The `Crawl-delay` that the file asks of a crawler, in seconds. Not part of the RFC, but widely meant. */
	crawlDelaySecs(userAgent: string): number | undefined;
	/** The absolute `http:` and `https:` URLs of the `Sitemap` lines, each once, in the file's order. */
	readonly sitemaps: string[];
}

/**
 * Reads a robots.txt file (RFC 9309). Any bytes will do: what is not understood is skipped, and a file without a rule
 * allows everything.
 *
 * The file is read up to 500 KiB. Paths are compared by their octets, after decoding what percent-encoding changes
 * nothing about; the longest rule decides, and `Allow` wins a tie.
 *
 * @param robotsUrl the address that was asked for the file, before any redirect: the rules count for its origin.
 * @throws TypeError when `robotsUrl` is not an absolute `http:` or `https:` URL.
 */
export function parseRobots(input: string | Uint8Array, robotsUrl: string): Robots {
	return new ParsedRobots(input, robotsUrl);
}

// Crawlers ask with one name; this only bounds what a caller with made-up names can make us keep.
const MAX_AGENTS = 16;

class ParsedRobots implements Robots {
	readonly sitemaps: string[];
	readonly #origin: string;
	readonly #groups: RobotsGroups;
	readonly #agents = new Map<string, { readonly book: RuleBook; readonly crawlDelaySecs: number | undefined }>();

	constructor(input: string | Uint8Array, robotsUrl: string) {
		const url = httpUrl('robotsUrl', robotsUrl);
		const lines = robotsLines(robotsText(input));
		this.#origin = url.origin;
		this.#groups = new RobotsGroups(lines);
		const sitemaps = lines.flatMap(({ field, value }) => (field === 'sitemap' ? sitemapUrl(value, url.href) : []));
		this.sitemaps = [...new Set(sitemaps)];
	}

	isAllowed(url: string, userAgent: string): boolean {
		const target = httpUrl('url', url);
		if (target.origin !== this.#origin) {
			throw new TypeError(
				`${url} is not covered by the robots.txt of ${this.#origin}: ask the robots.txt of ${target.origin}.`,
			);
		}
		const path = urlToMatch(target);
		return path === '/robots.txt' || this.#agent(userAgent).book.allows(path);
	}

	crawlDelaySecs(userAgent: string): number | undefined {
		return this.#agent(userAgent).crawlDelaySecs;
	}

	#agent(userAgent: string): { readonly book: RuleBook; readonly crawlDelaySecs: number | undefined } {
		const token = productToken(userAgent);
		let agent = this.#agents.get(token);
		if (!agent) {
			const { rules, crawlDelaySecs } = this.#groups.for(token);
			agent = { book: new RuleBook(rules), crawlDelaySecs };
			if (this.#agents.size >= MAX_AGENTS) this.#agents.clear();
			this.#agents.set(token, agent);
		}
		return agent;
	}
}

function httpUrl(name: string, value: string): URL {
	const url = URL.parse(value);
	if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
		throw new TypeError(`Expected \`${name}\` to be an absolute http: or https: URL, got ${JSON.stringify(value)}.`);
	}
	return url;
}

function sitemapUrl(value: string, base: string): string[] {
	if (value === '') return [];
	// The file is read byte by byte; `URL` wants characters.
	const url = URL.parse(Buffer.from(value, 'latin1').toString(), base);
	return url?.protocol === 'http:' || url?.protocol === 'https:' ? [url.href] : [];
}
