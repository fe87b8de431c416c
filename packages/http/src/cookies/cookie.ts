import { canonicalDomain, Cookie as JarCookie } from 'tough-cookie';
import { InvalidRequestError } from '../errors.ts';
import { cookiePath } from './cookie-path.ts';

/** One cookie, in the shape that Playwright gives and takes. */
export interface Cookie {
	readonly name: string;
	readonly value: string;
	/** `.example.com` when it goes to subdomains too, `example.com` when it goes to that host alone. */
	readonly domain: string;
	readonly path: string;
	/** In seconds since 1970; -1 for a cookie without an end. */
	readonly expires: number;
	readonly httpOnly: boolean;
	readonly secure: boolean;
	/** Kept, and otherwise without meaning here: there is no page that a request could come from. */
	readonly sameSite?: 'Strict' | 'Lax' | 'None';
}

const SAME_SITE = { strict: 'Strict', lax: 'Lax', none: 'None' } as const;

/** What ends neither a name, a value or an attribute, nor the header. */
const ALLOWED = /^[\x20-\x3a\x3c-\x7e\x80-\xff]*$/;

/** A cookie of the jar for its user. */
export function cookieOf(kept: JarCookie): Cookie {
	const { key, value, domain, path, expires, httpOnly, secure, hostOnly } = kept;
	const sameSite = SAME_SITE[kept.sameSite as keyof typeof SAME_SITE];
	return {
		name: key,
		value,
		domain: hostOnly ? (domain ?? '') : `.${domain}`,
		path: path ?? '/',
		expires: expires instanceof Date ? expires.getTime() / 1_000 : -1,
		httpOnly,
		secure,
		...(sameSite !== undefined && { sameSite }),
	};
}

/**
 * A saved cookie for the jar.
 *
 * @throws InvalidRequestError naming the field, never its value, which may be a secret.
 */
export function jarCookieOf(saved: unknown, place: string): JarCookie {
	const fields: Partial<Record<keyof Cookie, unknown>> = typeof saved === 'object' && saved !== null ? saved : {};
	const text = (name: 'name' | 'value' | 'domain' | 'path'): string => {
		const value = fields[name];
		if (typeof value === 'string' && ALLOWED.test(value)) return value;
		throw new InvalidRequestError(`${place}.${name} is missing, no string, or holds what no cookie can.`);
	};
	const { expires = -1 } = fields;
	if (typeof expires !== 'number' || !Number.isFinite(expires)) {
		throw new InvalidRequestError(`${place}.expires is of type ${typeof expires}: give seconds since 1970, or -1.`);
	}
	const domain = text('domain');
	return new JarCookie({
		key: text('name'),
		value: text('value'),
		domain: canonicalDomain(domain) ?? '',
		hostOnly: !domain.startsWith('.'),
		path: cookiePath(text('path')),
		expires: expires === -1 ? 'Infinity' : new Date(expires * 1_000),
		httpOnly: fields.httpOnly === true,
		secure: fields.secure === true,
		...(typeof fields.sameSite === 'string' && { sameSite: fields.sameSite.toLowerCase() }),
		lastAccessed: new Date(),
	});
}
