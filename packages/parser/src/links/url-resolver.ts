import { parsePageUrl, resolveHttpUrl } from './http-url.ts';

export interface UrlResolverOptions {
	/** How many resolved links to remember. Default 50,000, some 15 MB. */
	maxEntries?: number;
}

/** Resolves a link of one page to its absolute URL, or to `undefined` if it is invalid or not of `http(s)`. */
export type ResolveHref = (href: string) => string | undefined;

type Answers = Map<string, string | undefined>;

const DEFAULT_MAX_ENTRIES = 50_000;

/**
 * Resolves links. Most of them only have to be put behind their base; the answers to the others are remembered, since the
 * pages of a site repeat the same menus. Share one among all pages of a crawl. The answers are those of `new URL`, always.
 *
 * An answer is kept as widely as it holds: for all pages when the link is absolute, for a site when it begins with a
 * slash, else for one directory. When the memory is full, it starts over with the next page.
 */
export class UrlResolver {
	readonly #maxEntries: number;
	readonly #answers = new Map<string, Answers>();
	#size = 0;

	/** @throws {TypeError} When `maxEntries` is not a non-negative integer. */
	constructor(options: UrlResolverOptions = {}) {
		const { maxEntries = DEFAULT_MAX_ENTRIES } = options;
		if (!Number.isSafeInteger(maxEntries) || maxEntries < 0) {
			throw new TypeError(`Expected \`maxEntries\` to be a non-negative integer, got ${String(maxEntries)}.`);
		}
		this.#maxEntries = maxEntries;
	}

	/** How many resolved links are remembered now. */
	get size(): number {
		return this.#size;
	}

	/**
	 * Prepares to resolve the links of one page. URLs come without fragment.
	 *
	 * @param baseUrl The absolute URL that links are relative to.
	 * @throws {TypeError} When `baseUrl` is not an absolute URL.
	 */
	against(baseUrl: string): ResolveHref {
		const base = parsePageUrl(baseUrl).href;
		const parts = splitBase(base);
		if (parts === undefined) return (href) => resolveHttpUrl(href, base);

		// Directories count too, or pages without links would fill the memory with empty ones.
		if (this.#size + this.#answers.size >= this.#maxEntries) this.#forget();
		const everywhere = this.#answersFor('');
		const ofSite = this.#answersFor(parts.origin);
		const ofDirectory = this.#answersFor(parts.directory);
		const page = withoutFragment(base);
		return (href) => {
			const key = withoutFragment(href);
			if (key === '') return page;
			const plain = resolvePlain(key, parts);
			if (plain !== undefined) return plain;
			if (key.startsWith('/')) return this.#recall(ofSite, key, base);
			if (isAbsolute(key)) return this.#recall(everywhere, key, base);
			return dependsOnPageName(key) ? resolveHttpUrl(key, base) : this.#recall(ofDirectory, key, base);
		};
	}

	#recall(answers: Answers, href: string, base: string): string | undefined {
		const known = answers.get(href);
		if (known !== undefined || answers.has(href)) return known;
		const url = resolveHttpUrl(href, base);
		if (this.#size < this.#maxEntries) {
			answers.set(detach(href), url);
			this.#size++;
		}
		return url;
	}

	#answersFor(scope: string): Answers {
		let answers = this.#answers.get(scope);
		if (answers === undefined) {
			answers = new Map();
			this.#answers.set(scope, answers);
		}
		return answers;
	}

	#forget(): void {
		this.#answers.clear();
		this.#size = 0;
	}
}

/**
 * Resolves a link that the URL standard would only put behind its base: characters that stay as they are, no dot
 * segments, nothing that could be a scheme. Most links are so, and this is several times as fast as remembering them.
 */
function resolvePlain(href: string, { origin, directory }: Base): string | undefined {
	if (href.charCodeAt(0) === 0x2f) return isPlainPath(href, 0) ? origin + href : undefined;
	if (PLAIN_RELATIVE.test(href)) return href.includes('/.') ? undefined : directory + href;
	const isOfSite = href.charCodeAt(origin.length) === 0x2f && href.startsWith(origin);
	return isOfSite && isPlainPath(href, origin.length) ? href : undefined;
}

/** Whether the rest of a link, from its slash on, is written as the URL standard would write it. */
function isPlainPath(href: string, start: number): boolean {
	if (href.charCodeAt(start + 1) === 0x2f || href.includes('/.', start)) return false;
	PLAIN_PATH.lastIndex = start;
	return PLAIN_PATH.test(href);
}

// Characters of neither the path nor the query percent-encode set (WHATWG URL §1.3), without `%`, `\` and `|`, which may
// change in other ways.
const PLAIN_PATH = /\/[\w\-.~!$&()*+,;=:@/]*(?:\?[\w\-.~!$&()*+,;=:@/?]*)?$/y;
// A colon may end a scheme, so here there is none.
const PLAIN_RELATIVE = /^[\w~!$&()*+,;=@-][\w\-.~!$&()*+,;=@/]*(?:\?[\w\-.~!$&()*+,;=@/?]*)?$/;

interface Base {
	readonly origin: string;
	readonly directory: string;
}

/** What of a base links depend on; nothing to share for other schemes than `http(s)`. */
function splitBase(base: string): Base | undefined {
	const scheme = /^https?:\/\//.exec(base)?.[0];
	if (scheme === undefined) return undefined;
	const path = base.slice(0, base.search(/[?#]|$/));
	// With user name and password, which relative links inherit; and without the slash, unlike any directory.
	return {
		origin: path.slice(0, path.indexOf('/', scheme.length)),
		directory: path.slice(0, path.lastIndexOf('/') + 1),
	};
}

function isAbsolute(href: string): boolean {
	return href.startsWith('https://') || href.startsWith('http://');
}

/**
 * Whether more than the directory of the page may decide: the link begins with `?`, or may turn out to do so or to be
 * empty once white space and a needless `http:` are taken off. Errs on the side of yes.
 */
function dependsOnPageName(href: string): boolean {
	const first = href.charCodeAt(0);
	if (first <= 0x20 || first === 0x3f) return true;
	return (first | 0x20) === 0x68 && href.includes(':');
}

/** Cuts the fragment off first, so that `page#a` and `page#b` are looked up as one. */
function withoutFragment(href: string): string {
	const hash = href.indexOf('#');
	// White space before the fragment is part of the path, but would be trimmed if it came last.
	return hash === -1 || href.charCodeAt(hash - 1) <= 0x20 ? href : href.slice(0, hash);
}

/**
 * Copies a string. A slice keeps the text it was cut from in memory, here the whole page; joining forces V8 to write
 * a text of its own.
 */
function detach(slice: string): string {
	return ` ${slice}`.slice(1);
}
