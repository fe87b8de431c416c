import type { BufferedResponse, ResponseTimings } from '@orbweaver/http';
import { type CheerioAPI, decodeBody, extractLinks, extractUrls, load, type UrlResolver } from '@orbweaver/parser';
import { NonRetryableError } from '../crawlee.ts';
import { treeCost } from './tree-cost.ts';

/** Some two seconds of parsing: a hundred times what the heaviest pages take. */
const MOST_STEPS = 100_000_000;

/** The answer of the server, as far as a handler needs it. */
export interface PageResponse {
	readonly statusCode: number;
	readonly statusMessage: string;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	/** The address that answered. */
	readonly url: string;
	/** When headers and body were there, in milliseconds since the request. */
	readonly timings: ResponseTimings;
}

/** The media type of a page, in lower case, and the encoding its text was read with. */
export interface ContentType {
	readonly type: string;
	readonly encoding: string;
}

/**
 * A fetched page. Text, `$`, JSON and links are made when somebody asks for them, and once: most pages of a crawl are
 * asked for one of them only.
 */
export class Page {
	readonly response: PageResponse;
	readonly #fetched: BufferedResponse;
	readonly #resolver: UrlResolver;
	readonly #mediaType: string;
	#decoded: { text: string; encoding: string } | undefined;
	#$: CheerioAPI | undefined;
	#urls: string[] | undefined;

	constructor(fetched: BufferedResponse, resolver: UrlResolver) {
		this.#fetched = fetched;
		this.#resolver = resolver;
		const { status: statusCode, statusText: statusMessage, headers, url, timings } = fetched;
		this.response = { statusCode, statusMessage, headers, url, timings };
		this.#mediaType = mediaTypeOf(headers['content-type']);
	}

	get url(): string {
		return this.response.url;
	}

	get contentType(): ContentType {
		return { type: this.#mediaType, encoding: this.isText ? this.#text().encoding : 'binary' };
	}

	get isText(): boolean {
		return isTextType(this.#mediaType);
	}

	/** Text for what is text, bytes for the rest. */
	get body(): string | Buffer {
		return this.isText ? this.#text().text : this.#fetched.body;
	}

	/**
	 * cheerio's API over the whole page.
	 *
	 * @throws NonRetryableError for a page whose tree would take minutes to build.
	 */
	get $(): CheerioAPI {
		this.#$ ??= this.#tree();
		return this.#$;
	}

	/**
	 * The parsed body of a JSON answer; undefined for any other.
	 *
	 * @throws SyntaxError with the address of the page.
	 */
	get json(): unknown {
		if (!isJsonType(this.#mediaType)) return undefined;
		try {
			return JSON.parse(this.#text().text);
		} catch (cause) {
			throw new SyntaxError(`${this.url} is not valid JSON: ${(cause as SyntaxError).message}`, { cause });
		}
	}

	/** The page as it came, for a thread that finds its links. */
	get source(): { readonly bytes: Uint8Array; readonly contentType: string | undefined; readonly url: string } {
		const { body, headers } = this.#fetched;
		return { bytes: body, contentType: headerText(headers['content-type']), url: this.url };
	}

	/** Every address that the page's links lead to, once, in the order of the page. */
	urls(): readonly string[] {
		this.#urls ??= this.isText ? extractUrls(this.#text().text, this.url, { resolver: this.#resolver }) : [];
		return this.#urls;
	}

	/** The addresses of the links that a CSS selector finds. */
	urlsOf(selector: string, baseUrl: string): string[] {
		return extractLinks(this.$, { baseUrl, selector }).map(({ url }) => url);
	}

	#tree(): CheerioAPI {
		const html = this.#text().text;
		if (treeCost(html, MOST_STEPS) > MOST_STEPS) {
			throw new NonRetryableError(`${this.url} is nested so deeply that nothing else would run while it is parsed.`);
		}
		return load(html);
	}

	#text(): { text: string; encoding: string } {
		this.#decoded ??= decodeBody(this.#fetched.body, headerText(this.#fetched.headers['content-type']));
		return this.#decoded;
	}
}

/** The media type in front of the parameters, in lower case; HTML when there is none, as browsers take it. */
export function mediaTypeOf(contentType: string | string[] | undefined): string {
	const type = headerText(contentType)?.split(';', 1)[0]?.trim().toLowerCase();
	return type === undefined || type === '' ? 'text/html' : type;
}

function headerText(value: string | string[] | undefined): string | undefined {
	return typeof value === 'string' ? value : value?.[0];
}

function isTextType(type: string): boolean {
	return type.startsWith('text/') || type.endsWith('+xml') || type === 'application/xml' || isJsonType(type);
}

function isJsonType(type: string): boolean {
	return type === 'application/json' || type.endsWith('+json');
}
