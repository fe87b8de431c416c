import { Problem } from '../problem.ts';
import type { AuthParam } from './auth-params.ts';
import { readAuthParams } from './auth-params.ts';

/** What a client answers to a challenge (RFC 7616 section 3.4). */
export interface DigestCredentials {
	readonly user: string;
	readonly realm: string;
	readonly nonce: string;
	readonly uri: string;
	readonly response: string;
	readonly algorithm: string;
	readonly qop: string;
	/** Eight hexadecimal digits, as they go into the digest. */
	readonly nc: string;
	readonly cnonce: string;
	readonly opaque: string;
}

type Params = ReadonlyMap<string, AuthParam>;

/**
 * Reads an `Authorization` field. `undefined` if its scheme is not Digest.
 *
 * @throws {Problem} 400 naming the first parameter that is missing or not written as RFC 7616 has it: quoted or not
 *   quoted too, since many a server minds.
 */
export function readDigestCredentials(authorization: string): DigestCredentials | undefined {
	const text = /^Digest +(.*)$/is.exec(authorization)?.[1];
	if (text === undefined) return undefined;
	// Node reads field values as Latin-1, clients send UTF-8 (RFC 7616 section 4).
	const params = readAuthParams(Buffer.from(text, 'latin1').toString('utf8'));
	if (params === undefined) throw new Problem(400, 'The parameters of Digest must be name=value, each name once');
	const nc = plain(params, 'nc');
	if (!/^[0-9a-f]{8}$/.test(nc)) throw new Problem(400, `nc must be eight hexadecimal digits, got ${nc}`);
	const cnonce = quoted(params, 'cnonce');
	if (cnonce === '') throw new Problem(400, 'cnonce must not be empty');
	return {
		user: userName(params),
		realm: quoted(params, 'realm'),
		nonce: quoted(params, 'nonce'),
		uri: quoted(params, 'uri'),
		response: quoted(params, 'response'),
		algorithm: params.has('algorithm') ? plain(params, 'algorithm') : 'MD5',
		qop: plain(params, 'qop'),
		nc,
		cnonce,
		opaque: quoted(params, 'opaque'),
	};
}

/** `username`, or `username*` for what no quoted string can hold (RFC 7616 section 3.4, RFC 8187). */
function userName(params: Params): string {
	if (!params.has('username*')) return quoted(params, 'username');
	if (params.has('username')) throw new Problem(400, 'Only one of username and username* may be there');
	const encoded = /^UTF-8'[^']*'(.*)$/i.exec(plain(params, 'username*'))?.[1];
	if (encoded === undefined) throw new Problem(400, "username* must begin with UTF-8''");
	try {
		return decodeURIComponent(encoded);
	} catch {
		throw new Problem(400, 'username* must be percent-encoded UTF-8');
	}
}

function quoted(params: Params, name: string): string {
	const param = params.get(name);
	if (param === undefined) throw new Problem(400, `${name} is missing`);
	if (!param.quoted) throw new Problem(400, `${name} must be quoted`);
	return param.value;
}

function plain(params: Params, name: string): string {
	const param = params.get(name);
	if (param === undefined) throw new Problem(400, `${name} is missing`);
	if (param.quoted) throw new Problem(400, `${name} must not be quoted`);
	return param.value;
}
