import type { LanguageAlternate } from '../language-alternate.ts';

/** How often a page changes, by its own account. Source: sitemaps.org. */
export type ChangeFrequency = 'always' | 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly' | 'never';

/** A page listed in a sitemap. What is malformed is absent. */
export interface SitemapUrl {
	/** Absolute, http or https, without fragment. */
	readonly url: string;
	/** A time without a zone is read as UTC. */
	readonly lastmod?: Date;
	/** From 0 to 1. */
	readonly priority?: number;
	readonly changefreq?: ChangeFrequency;
	/** Language versions given with `xhtml:link`. */
	readonly alternates?: readonly LanguageAlternate[];
}

/** A sitemap listed in a sitemap index. */
export interface SitemapReference {
	/** Absolute, http or https, without fragment. */
	readonly url: string;
	readonly lastmod?: Date;
}

/** What a sitemap lists, in its order. */
export interface Sitemap {
	readonly urls: readonly SitemapUrl[];
	readonly sitemaps: readonly SitemapReference[];
	/** `true` when there were more entries than the limit allows. */
	readonly truncated: boolean;
}

/** An entry as written, before anything is checked. */
export interface RawEntry {
	readonly kind: 'url' | 'sitemap';
	loc?: string;
	lastmod?: string;
	priority?: string;
	changefreq?: string;
	readonly alternates: { readonly hreflang: string; readonly href: string }[];
}
