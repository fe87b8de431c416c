/** The same page in another language or for another region. */
export interface LanguageAlternate {
	/** A language tag as written, or `x-default`. */
	readonly hreflang: string;
	/** Absolute. */
	readonly url: string;
}
