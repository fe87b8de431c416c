import type { DigestAlgorithm, DigestInput, Qop } from '../../../src/api/auth-site/digest-response.ts';
import { digestResponse } from '../../../src/api/auth-site/digest-response.ts';
import type { AuthSite } from '../../../src/index.ts';

/** What a challenge says. */
export interface Challenge {
	readonly nonce: string;
	readonly opaque: string;
	readonly stale: boolean;
}

/** The challenge of a 401 answer. */
export function challengeOf(response: Response): Challenge {
	const field = response.headers.get('www-authenticate') ?? '';
	const value = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(field)?.[1] ?? '';
	return { nonce: value('nonce'), opaque: value('opaque'), stale: field.includes('stale=true') };
}

export async function challenge(site: AuthSite, path: string): Promise<Challenge> {
	return challengeOf(await fetch(site.url + path));
}

/** What goes into a request; each part can be made wrong by itself. */
export interface DigestOptions extends Partial<DigestInput> {
	readonly opaque?: string;
	/** Sent instead of the digest. */
	readonly response?: string;
	/** Sent instead of what went into the digest. */
	readonly sent?: Partial<Record<'algorithm' | 'uri' | 'qop' | 'nc' | 'cnonce' | 'realm' | 'nonce' | 'method', string>>;
	readonly bodySent?: Uint8Array;
}

/** Sends one request that knows the password, except for what `options` make wrong. */
export function digestFetch(
	site: AuthSite,
	path: string,
	{ nonce, opaque }: Challenge,
	{ sent = {}, bodySent, response, ...options }: DigestOptions = {},
): Promise<Response> {
	const url = new URL(path, site.url);
	const cnonce = options.cnonce ?? 'client';
	const input: DigestInput = {
		algorithm: url.pathname.slice('/digest/'.length) as DigestAlgorithm,
		user: site.user,
		realm: site.realm,
		password: site.password,
		method: 'GET',
		uri: url.pathname + url.search,
		nonce,
		nc: '00000001',
		cnonce,
		firstCnonce: cnonce,
		qop: (url.searchParams.get('qop') as Qop | null) ?? 'auth',
		body: new Uint8Array(),
		...options,
	};
	const written = { ...input, ...sent };
	const authorization =
		`Digest username="${input.user}", realm="${written.realm}", nonce="${written.nonce}", uri="${written.uri}", ` +
		`algorithm=${written.algorithm}, qop=${written.qop}, nc=${written.nc}, cnonce="${written.cnonce}", ` +
		`response="${response ?? digestResponse(input)}", opaque="${options.opaque ?? opaque}"`;
	const body = bodySent ?? input.body;
	return fetch(url, {
		method: written.method,
		headers: { authorization },
		...(body.byteLength === 0 ? {} : { body: Uint8Array.from(body) }),
	});
}
