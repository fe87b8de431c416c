import type { IncomingHttpHeaders } from 'node:http';

/** What a connection is for. */
export type Endpoint =
	| { readonly kind: 'echo' }
	| { readonly kind: 'feed'; readonly from: number | undefined }
	| { readonly kind: 'flood'; readonly bytes: number; readonly count: number };

/** Why a request is not upgraded. */
export interface Refusal {
	readonly kind: 'refusal';
	readonly status: number;
	readonly body: string;
}

/** @param token what the client must show as a bearer token or as the cookie `token`; nothing if undefined. */
export function decideUpgrade(
	target: string,
	headers: IncomingHttpHeaders,
	token: string | undefined,
): Endpoint | Refusal {
	if (token !== undefined && bearerOf(headers) !== token && cookieOf(headers) !== token) {
		return refusal(401, 'A token is wanted: Authorization: Bearer, or the cookie named token\n');
	}
	const url = URL.parse(target, 'http://localhost');
	if (url === null) return refusal(400, 'The request target is no URL\n');
	switch (url.pathname) {
		case '/echo':
			return { kind: 'echo' };
		case '/feed': {
			const from = numberOf(url, 'from');
			if (Number.isNaN(from)) return refusal(400, 'from must be the id of an event\n');
			return { kind: 'feed', from };
		}
		case '/flood': {
			const bytes = numberOf(url, 'bytes') ?? 64 * 1024;
			const count = numberOf(url, 'count') ?? Infinity;
			if (Number.isNaN(bytes) || Number.isNaN(count)) return refusal(400, 'bytes and count must be whole numbers\n');
			return { kind: 'flood', bytes, count };
		}
		default:
			return refusal(404, 'There are /echo, /feed and /flood\n');
	}
}

/** What answers with `status` in place of an upgrade. */
export function refusal(status: number, body: string): Refusal {
	return { kind: 'refusal', status, body };
}

function bearerOf({ authorization }: IncomingHttpHeaders): string | undefined {
	return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

function cookieOf({ cookie }: IncomingHttpHeaders): string | undefined {
	const pairs = (cookie ?? '').split(';').map((pair) => pair.trim());
	return pairs.find((pair) => pair.startsWith('token='))?.slice('token='.length);
}

/** NaN if there is one that is no whole number. */
function numberOf(url: URL, name: string): number | undefined {
	const value = url.searchParams.get(name);
	if (value === null) return undefined;
	return /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
}
