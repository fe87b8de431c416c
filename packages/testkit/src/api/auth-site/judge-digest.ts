import type { DigestCredentials } from './digest-credentials.ts';
import type { DigestAlgorithm, Qop } from './digest-response.ts';
import { digestResponse } from './digest-response.ts';
import type { Nonce } from './nonces.ts';

/** A request and what its path asks of it. */
export interface DigestRequest {
	readonly method: string;
	/** The request target as sent. */
	readonly target: string;
	readonly body: Uint8Array;
	readonly realm: string;
	readonly algorithm: DigestAlgorithm;
	/** What the challenge offers. */
	readonly qops: readonly Qop[];
	/** Whether `nc` has to grow, or only to be new. */
	readonly inOrder: boolean;
}

/** Whether the request is let in; if not, how it is answered and why. */
export type DigestVerdict =
	| { readonly kind: 'let in' }
	/** 400: these credentials do not belong to this request. */
	| { readonly kind: 'improper'; readonly reason: string }
	/** 401: the client does not know the password, or somebody sends its request again. */
	| { readonly kind: 'refused'; readonly reason: string }
	/** 401 with `stale=true`: all is right but the age of the nonce. */
	| { readonly kind: 'stale' };

/**
 * Judges credentials by RFC 7616 section 3.4.
 *
 * @param nonce the nonce they name, if the server gave it out.
 * @param password that of the user they name, if there is one.
 */
export function judgeDigest(
	request: DigestRequest,
	credentials: DigestCredentials,
	nonce: Nonce | undefined,
	password: string | undefined,
): DigestVerdict {
	const { algorithm, qop, nc, cnonce } = credentials;
	const asked = request.qops.find((offered) => offered === qop);
	if (credentials.uri !== request.target) return improper('uri', credentials.uri, request.target);
	if (algorithm !== request.algorithm) return improper('algorithm', algorithm, request.algorithm);
	if (asked === undefined) return improper('qop', qop, request.qops.join(' or '));
	if (credentials.realm !== request.realm) return refused('The realm is another');
	if (nonce === undefined || nonce.algorithm !== request.algorithm) return refused('The nonce is none of this server');
	if (credentials.opaque !== nonce.opaque) return refused('opaque is not what came with the nonce');
	if (password === undefined) return refused('Wrong user or password');
	const expected = digestResponse({
		...credentials,
		algorithm: request.algorithm,
		qop: asked,
		password,
		method: request.method,
		firstCnonce: nonce.firstCnonce ?? cnonce,
		body: request.body,
	});
	if (credentials.response !== expected) return refused('Wrong user or password, or response of another request');
	if (!nonce.isNew(Number.parseInt(nc, 16), request.inOrder)) return refused(`nc ${nc} came before, or a higher one`);
	return nonce.isStale ? { kind: 'stale' } : { kind: 'let in' };
}

function improper(name: string, value: string, expected: string): DigestVerdict {
	return { kind: 'improper', reason: `${name} must be ${expected}, got ${value}` };
}

function refused(reason: string): DigestVerdict {
	return { kind: 'refused', reason };
}
