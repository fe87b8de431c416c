import type { XmlReader } from './read-xml.ts';
import type { SitemapCollector } from './sitemap-collector.ts';
import type { RawEntry } from './sitemap-entry.ts';

type Field = 'loc' | 'lastmod' | 'priority' | 'changefreq';

/** Elements that hold one entry: of a sitemap, a sitemap index, RSS and Atom. */
const ENTRIES: ReadonlyMap<string, RawEntry['kind']> = new Map([
	['url', 'url'],
	['sitemap', 'sitemap'],
	['item', 'url'],
	['entry', 'url'],
]);

/** Where each format keeps what a sitemap calls by these names. */
const FIELDS: ReadonlyMap<string, Field> = new Map([
	['loc', 'loc'],
	['lastmod', 'lastmod'],
	['priority', 'priority'],
	['changefreq', 'changefreq'],
	['link', 'loc'], // RSS
	['pubdate', 'lastmod'], // RSS
	['updated', 'lastmod'], // Atom
]);

const ROOTS: ReadonlySet<string> = new Set(['urlset', 'sitemapindex', 'rss', 'feed', 'rdf']);

/**
 * Turns XML events into raw entries. Only elements without a prefix, or with the root's, belong to the sitemap itself:
 * the `image:loc` inside a `url` is not where the page is.
 */
export class EntryReader implements XmlReader {
	readonly #collector: SitemapCollector;
	#rootPrefix = '';
	#isPage = false;
	#entry: RawEntry | undefined;
	#isAtom = false;
	/** How many elements are open inside the entry: only its children are its fields. */
	#depth = 0;
	#field: Field | undefined;
	#text = '';

	constructor(collector: SitemapCollector) {
		this.#collector = collector;
	}

	get isDone(): boolean {
		return this.#isPage || this.#collector.isTruncated;
	}

	open(name: string, attributes: Readonly<Record<string, string>>): void {
		const { prefix, local } = splitName(name);
		// An error page in the place of a sitemap.
		if (local === 'html' && !this.#entry) this.#isPage = true;
		if (this.isDone) return;
		if (ROOTS.has(local)) {
			this.#rootPrefix = prefix;
			return;
		}
		const isOwn = prefix === '' || prefix === this.#rootPrefix;
		const kind = isOwn ? ENTRIES.get(local) : undefined;
		if (kind) {
			// A closing tag may have been forgotten.
			this.#finish();
			this.#entry = { kind, alternates: [] };
			this.#isAtom = local === 'entry';
			this.#depth = 0;
			return;
		}
		if (!this.#entry) return;
		// A field holds no elements: its closing tag was forgotten, and this one stands beside it.
		if (this.#field) this.#endField();
		else this.#depth++;
		if (this.#depth > 1) return;
		this.#text = '';
		if (local === 'link' && attributes.href !== undefined) this.#readLink(attributes, isOwn && this.#isAtom);
		else if (isOwn) this.#field = FIELDS.get(local);
	}

	text(text: string): void {
		if (this.#field) this.#text += text;
	}

	close(name: string): void {
		if (!this.#entry) return;
		const { prefix, local } = splitName(name);
		if ((prefix === '' || prefix === this.#rootPrefix) && ENTRIES.has(local)) {
			this.#finish();
			return;
		}
		if (this.#depth === 0) return;
		this.#depth--;
		this.#endField();
	}

	/** An Atom entry's own link is the one without a relation or with `alternate`; a sitemap links to translations. */
	#readLink({ href = '', rel = 'alternate', hreflang }: Readonly<Record<string, string>>, isOwnAtom: boolean): void {
		if (!this.#entry || rel.toLowerCase() !== 'alternate') return;
		if (isOwnAtom) this.#entry.loc ??= href;
		else if (hreflang !== undefined) this.#entry.alternates.push({ hreflang, href });
	}

	#endField(): void {
		if (this.#entry && this.#field) this.#entry[this.#field] ??= this.#text;
		this.#field = undefined;
	}

	#finish(): void {
		this.#endField();
		if (this.#entry?.loc !== undefined) this.#collector.add(this.#entry);
		this.#entry = undefined;
	}
}

function splitName(name: string): { prefix: string; local: string } {
	const colon = name.indexOf(':');
	const prefix = colon === -1 ? '' : name.slice(0, colon).toLowerCase();
	return { prefix, local: name.slice(colon + 1).toLowerCase() };
}
