import type { LanguageAlternate } from '../language-alternate.ts';
import { resolveHttpUrl } from '../links/http-url.ts';
import type { ChangeFrequency, RawEntry, Sitemap, SitemapReference, SitemapUrl } from './sitemap-entry.ts';

const FREQUENCIES: readonly ChangeFrequency[] = ['always', 'hourly', 'daily', 'weekly', 'monthly', 'yearly', 'never'];

/** Checks raw entries and keeps the good ones, up to a limit. */
export class SitemapCollector {
	readonly #base: string;
	readonly #maxEntries: number;
	readonly #urls: SitemapUrl[] = [];
	readonly #sitemaps: SitemapReference[] = [];
	#isTruncated = false;

	constructor(base: string, maxEntries: number) {
		this.#base = base;
		this.#maxEntries = maxEntries;
	}

	/** An entry came that was one too many. */
	get isTruncated(): boolean {
		return this.#isTruncated;
	}

	add(entry: RawEntry): void {
		const loc = entry.loc?.trim();
		const url = loc ? resolveHttpUrl(loc, this.#base) : undefined;
		if (url === undefined) return;
		if (this.#urls.length + this.#sitemaps.length >= this.#maxEntries) {
			this.#isTruncated = true;
			return;
		}
		const lastmod = parseDate(entry.lastmod);
		if (entry.kind === 'sitemap') {
			this.#sitemaps.push({ url, ...(lastmod && { lastmod }) });
			return;
		}
		const priority = parsePriority(entry.priority);
		const changefreq = parseFrequency(entry.changefreq);
		const alternates = this.#resolveAlternates(entry);
		this.#urls.push({
			url,
			...(lastmod && { lastmod }),
			...(priority !== undefined && { priority }),
			...(changefreq && { changefreq }),
			...(alternates.length > 0 && { alternates }),
		});
	}

	result(): Sitemap {
		return { urls: this.#urls, sitemaps: this.#sitemaps, truncated: this.#isTruncated };
	}

	#resolveAlternates(entry: RawEntry): readonly LanguageAlternate[] {
		return entry.alternates.flatMap(({ hreflang, href }) => {
			const url = resolveHttpUrl(href, this.#base);
			return url === undefined ? [] : [{ hreflang, url }];
		});
	}
}

/** W3C datetime (sitemaps, Atom) or RFC 822 (RSS). */
function parseDate(text: string | undefined): Date | undefined {
	const trimmed = text?.trim();
	if (!trimmed) return undefined;
	// Without a zone, Date would take the zone of this machine.
	const hasNoZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/.test(trimmed);
	const date = new Date(hasNoZone ? `${trimmed}Z` : trimmed);
	return Number.isNaN(date.getTime()) ? undefined : date;
}

function parsePriority(text: string | undefined): number | undefined {
	const trimmed = text?.trim();
	if (!trimmed) return undefined;
	const priority = Number(trimmed);
	return priority >= 0 && priority <= 1 ? priority : undefined;
}

function parseFrequency(text: string | undefined): ChangeFrequency | undefined {
	const wanted = text?.trim().toLowerCase();
	return FREQUENCIES.find((frequency) => frequency === wanted);
}
