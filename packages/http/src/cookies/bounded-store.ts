import { type Callback, type Cookie, type ErrorCallback, type Nullable, Store } from 'tough-cookie';

/** How many cookies are kept. */
export interface StoreLimits {
	readonly maxCookies: number;
	readonly maxPerDomain: number;
}

/** Cookies of one domain. Neither a name nor a path has a semicolon, so that it parts them. */
type DomainCookies = Map<string, Cookie>;

/**
 * Keeps the cookies of tough-cookie's jar in memory, and no more than it should (RFC 6265 §5.3): a domain over its limit
 * loses the cookies that were used longest ago; a jar over its limit loses those of the domain that was asked longest
 * ago, all together, because half a session is of no use. Expired cookies go first.
 */
export class BoundedStore extends Store {
	override readonly synchronous = true;
	readonly #limits: StoreLimits;
	/** The domain asked longest ago comes first. */
	readonly #domains = new Map<string, DomainCookies>();
	#size = 0;

	constructor(limits: StoreLimits) {
		super();
		this.#limits = limits;
	}

	get size(): number {
		return this.#size;
	}

	/** Every cookie that has not expired, in the order they were made. */
	get all(): Cookie[] {
		const cookies = [...this.#domains.values()].flatMap((ofDomain) => [...ofDomain.values()]);
		return cookies.filter((cookie) => !isExpired(cookie)).sort((one, other) => one.creationIndex - other.creationIndex);
	}

	/** Whether a host, as RFC 6265 §5.1.2 writes it, may have cookies: those of its own or of a domain that it is in. */
	mayHave(host: string): boolean {
		if (this.#domains.size === 0) return false;
		for (const domain of domainsOf(host)) if (this.#domains.has(domain)) return true;
		return false;
	}

	override findCookie(
		domain: Nullable<string>,
		path: Nullable<string>,
		key: Nullable<string>,
		callback?: Callback<Cookie | undefined>,
	): Promise<Cookie | undefined> {
		return answer(this.#domains.get(domain ?? '')?.get(`${key};${path}`), callback);
	}

	/** The jar looks itself which of them fit the path. */
	override findCookies(
		host: Nullable<string>,
		_path: Nullable<string>,
		_allowSpecialUseDomain?: boolean,
		callback?: Callback<Cookie[]>,
	): Promise<Cookie[]> {
		const found: Cookie[] = [];
		for (const domain of domainsOf(host ?? '')) {
			const cookies = this.#domains.get(domain);
			if (cookies === undefined) continue;
			this.#touch(domain, cookies);
			found.push(...cookies.values());
		}
		return answer(found, callback);
	}

	override putCookie(cookie: Cookie, callback?: ErrorCallback): Promise<void> {
		const domain = cookie.domain ?? '';
		const cookies = this.#domains.get(domain) ?? new Map<string, Cookie>();
		this.#touch(domain, cookies);
		const id = `${cookie.key};${cookie.path}`;
		if (!cookies.has(id)) this.#size += 1;
		cookies.set(id, cookie);
		if (isExpired(cookie)) this.#drop(domain, cookies, id);
		if (cookies.size > this.#limits.maxPerDomain) this.#shrink(domain, cookies);
		while (this.#size > this.#limits.maxCookies) this.#dropOldestDomain();
		return answer(undefined, callback && (() => callback(null)));
	}

	override updateCookie(_old: Cookie, cookie: Cookie, callback?: ErrorCallback): Promise<void> {
		return this.putCookie(cookie, callback);
	}

	override removeCookie(
		domain: Nullable<string>,
		path: Nullable<string>,
		key: Nullable<string>,
		callback?: ErrorCallback,
	): Promise<void> {
		const cookies = this.#domains.get(domain ?? '');
		if (cookies !== undefined) this.#drop(domain ?? '', cookies, `${key};${path}`);
		return answer(undefined, callback && (() => callback(null)));
	}

	clear(): void {
		this.#domains.clear();
		this.#size = 0;
	}

	#touch(domain: string, cookies: DomainCookies): void {
		this.#domains.delete(domain);
		this.#domains.set(domain, cookies);
	}

	#drop(domain: string, cookies: DomainCookies, id: string): void {
		if (cookies.delete(id)) this.#size -= 1;
		if (cookies.size === 0) this.#domains.delete(domain);
	}

	#shrink(domain: string, cookies: DomainCookies): void {
		for (const [id, cookie] of cookies) if (isExpired(cookie)) this.#drop(domain, cookies, id);
		if (cookies.size <= this.#limits.maxPerDomain) return;
		let oldest: [string, Cookie] | undefined;
		for (const entry of cookies) if (oldest === undefined || usedAt(entry[1]) < usedAt(oldest[1])) oldest = entry;
		if (oldest !== undefined) this.#drop(domain, cookies, oldest[0]);
	}

	#dropOldestDomain(): void {
		const [domain] = this.#domains.keys();
		if (domain === undefined) return;
		this.#size -= this.#domains.get(domain)?.size ?? 0;
		this.#domains.delete(domain);
	}
}

/** The host and the domains above it, down to one label. */
function* domainsOf(host: string): Generator<string> {
	yield host;
	for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) yield host.slice(dot + 1);
}

function isExpired({ expires }: Cookie): boolean {
	return expires instanceof Date && expires.getTime() <= Date.now();
}

function usedAt({ lastAccessed }: Cookie): number {
	return lastAccessed instanceof Date ? lastAccessed.getTime() : 0;
}

function answer<T>(value: T, callback: Callback<T> | undefined): Promise<T> {
	callback?.(null, value);
	return Promise.resolve(value);
}
