import { readFile } from 'node:fs/promises';
import { canonicalDomain, CookieJar as ToughJar } from 'tough-cookie';
import { requireKnownNames } from '../check-names.ts';
import { wholeNumber } from '../check-numbers.ts';
import { InvalidRequestError } from '../errors.ts';
import type { ResponseHeaders } from '../response-headers.ts';
import { BoundedStore } from './bounded-store.ts';
import { type Cookie, cookieOf, jarCookieOf } from './cookie.ts';
import { parseSetCookie } from './parse-set-cookie.ts';
import { replaceFile } from './replace-file.ts';

/** How many cookies a jar keeps. */
export interface CookieJarOptions {
	/** In all; beyond, the domain that was asked longest ago loses its cookies. Default 10,000. */
	readonly maxCookies?: number;
	/** Of one domain; beyond, those used longest ago are dropped. Default 180. */
	readonly maxPerDomain?: number;
}

/** A jar as JSON. Playwright's `storageState` has the same shape, so that a session may go from one to the other. */
export interface CookieJarData {
	readonly cookies: readonly Cookie[];
}

/**
 * Cookies as browsers keep them (RFC 6265), for one client or for several.
 *
 * A cookie without `Domain` goes back to the one host that set it, be it a name, `localhost` or an IP address, and on all
 * its ports. Nobody can set cookies for a public suffix such as `co.uk`, nor for a domain that he is not in. `Secure` ones
 * are set and sent over TLS and to this machine; `__Secure-` and `__Host-` names keep their promises. No cookie is
 * longer than 4,096 bytes or kept for more than 400 days. `SameSite` has no meaning without pages and is only kept.
 */
export class CookieJar {
	readonly #store: BoundedStore;
	readonly #jar: ToughJar;

	/** @throws InvalidRequestError for a wrong option. */
	constructor(options: CookieJarOptions = {}) {
		requireKnownNames('CookieJar', options, ['maxCookies', 'maxPerDomain']);
		const { maxCookies = 10_000, maxPerDomain = 180 } = options;
		this.#store = new BoundedStore({
			maxCookies: wholeNumber('CookieJar.maxCookies', maxCookies, 1),
			maxPerDomain: Math.min(maxCookies, wholeNumber('CookieJar.maxPerDomain', maxPerDomain, 1)),
		});
		this.#jar = new ToughJar(this.#store, { prefixSecurity: 'strict' });
	}

	/** Cookies kept. Those that expired may be among them until somebody asks. */
	get size(): number {
		return this.#store.size;
	}

	/** The value of `Cookie` for a request to `url`, empty when there is none. */
	getCookieString(url: string | URL): string {
		const target = parseUrl(url);
		return this.#store.mayHave(hostOf(target)) ? this.#jar.getCookieStringSync(target) : '';
	}

	/** The cookies that a request to `url` would carry, in the same order. */
	getCookies(url: string | URL): Cookie[] {
		return this.#jar.getCookiesSync(parseUrl(url), { sort: true }).map(cookieOf);
	}

	/**
	 * Takes a cookie as a response from `url` would set it: `'id=7; Domain=example.com; Path=/'`.
	 *
	 * @throws InvalidRequestError with the reason when a jar must not take it. Its value is not shown.
	 */
	setCookie(header: string, url: string | URL): void {
		const target = parseUrl(url);
		try {
			this.#set(header, target);
		} catch (error) {
			const name = /^[\w.-]+(?==)/.exec(header)?.[0];
			const shown = name === undefined ? 'The cookie' : `The cookie "${name}"`;
			const reason = error instanceof Error ? error.message : String(error);
			throw new InvalidRequestError(
				`${shown} cannot be set for ${target.origin}: ${reason.replace(/\.?$/, '.')}`,
				undefined,
				error,
			);
		}
	}

	/** Takes the `Set-Cookie` headers of a response from `url`. Those that a jar must not take are ignored. */
	setFromResponse(url: string | URL, headers: ResponseHeaders): void {
		const lines = headers['set-cookie'];
		if (lines === undefined) return;
		const target = parseUrl(url);
		for (const line of typeof lines === 'string' ? [lines] : lines) {
			try {
				this.#set(line, target);
			} catch {
				// A browser does not let the page go for it either (RFC 6265 §5.2).
			}
		}
	}

	clear(): void {
		this.#store.clear();
	}

	/** Every cookie that has not expired, also those that last as long as the session. */
	toJSON(): CookieJarData {
		return { cookies: this.#store.all.map(cookieOf) };
	}

	/**
	 * A jar with the cookies of `toJSON`, or of Playwright's `storageState`.
	 *
	 * @throws InvalidRequestError when `data` is something else.
	 */
	static fromJSON(data: unknown, options?: CookieJarOptions): CookieJar {
		if (typeof data !== 'object' || data === null || !('cookies' in data) || !Array.isArray(data.cookies)) {
			throw new InvalidRequestError('The cookies are not { cookies: [...] }: give what toJSON() returned.');
		}
		const jar = new CookieJar(options);
		for (const [index, saved] of data.cookies.entries()) {
			void jar.#store.putCookie(jarCookieOf(saved, `cookies[${index}]`));
		}
		return jar;
	}

	/**
	 * Writes the cookies to a file that only its owner may read. The file is replaced in one step.
	 *
	 * @throws the system's error, when it cannot be written.
	 */
	async save(file: string): Promise<void> {
		await replaceFile(file, `${JSON.stringify(this, undefined, '\t')}\n`);
	}

	/**
	 * The jar that `save` wrote.
	 *
	 * @throws the system's error, when the file cannot be read (`ENOENT`: there is none); InvalidRequestError when it is
	 * no jar.
	 */
	static async load(file: string, options?: CookieJarOptions): Promise<CookieJar> {
		const text = await readFile(file, 'utf8');
		let data: unknown;
		try {
			data = JSON.parse(text);
		} catch {
			// Without the parser's error, which quotes from the file.
			throw new InvalidRequestError(`The cookie file "${file}" is not JSON: give one that save() wrote.`);
		}
		return CookieJar.fromJSON(data, options);
	}

	#set(header: string, url: URL): void {
		const now = Date.now();
		this.#jar.setCookieSync(parseSetCookie(header, hostOf(url), now), url, { now: new Date(now) });
	}
}

function parseUrl(url: string | URL): URL {
	const parsed = url instanceof URL ? url : URL.parse(url);
	if (parsed !== null) return parsed;
	throw new InvalidRequestError('The URL of a cookie is not absolute: give one such as https://example.com/.');
}

/** As tough-cookie writes it: an IPv6 address without its brackets. */
function hostOf({ hostname }: URL): string {
	return canonicalDomain(hostname) ?? '';
}
