import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { judgeConditions } from '../files/preconditions.ts';
import type { Handler, Reply } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import { jsonReply } from '../server/json-reply.ts';
import { pathNumber } from './parameters.ts';

const day = 86_400_000;
const firstModified = Date.UTC(2024, 0, 1);

/** What `/cache/<n>` answers. */
export interface CachedResource {
	readonly resource: number;
	/** 1, and one more after each POST, PUT, PATCH or DELETE of the same path. */
	readonly version: number;
	/** What the request said in the fields that `?vary=` names. */
	readonly variant: Readonly<Record<string, string>>;
}

/**
 * `/cache/<n>`: something to store. The query decides what is said about it:
 * `?maxAge=60` and `?cacheControl=no-store` go into `Cache-Control`;
 * `?etag=a` gives the ETag `"a-1"` for version 1, `?etag=W/a` a weak one, and `?lastModified` a `Last-Modified`,
 * a day later with each version; with either of them a condition is answered 304, or 412 (RFC 9110 section 13);
 * `?vary=accept-language` names the fields that the answer depends on.
 */
export function cached(): Handler {
	const versions = new Map<number, number>();
	return (request, response, url) => {
		const resource = pathNumber(url, 0, 1_000_000_000);
		const version = versions.get(resource) ?? 1;
		if (request.method === 'GET' || request.method === 'HEAD') {
			return sendReply(response, cachedReply(url, request.headers, resource, version));
		}
		versions.set(resource, version + 1);
		sendReply(response, jsonReply({ resource, version: version + 1 }));
	};
}

function cachedReply(url: URL, asked: IncomingHttpHeaders, resource: number, version: number): Reply {
	const parameter = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
	const vary = parameter('vary');
	const variant = Object.fromEntries(fieldNames(vary).map((name) => [name, String(asked[name] ?? '')]));
	const validators = {
		...optional('etag', etagOf(parameter('etag'), version, variant)),
		...optional(
			'lastModified',
			parameter('lastModified') === undefined ? undefined : new Date(firstModified + (version - 1) * day).toUTCString(),
		),
	};
	const maxAge = parameter('maxAge');
	const directives = [maxAge === undefined ? undefined : `max-age=${maxAge}`, parameter('cacheControl')];
	const headers = {
		'Content-Type': 'application/json',
		...optional('Cache-Control', directives.filter((directive) => directive !== undefined).join(', ') || undefined),
		...optional('ETag', validators.etag),
		...optional('Last-Modified', validators.lastModified),
		...optional('Vary', vary),
	};
	const verdict = judgeConditions(asked, validators);
	if (verdict === 'not-modified') return { status: 304, headers };
	if (verdict === 'precondition-failed') return { status: 412, headers };
	const body: CachedResource = { resource, version, variant };
	return jsonReply(body, { headers });
}

/** Different answers have different tags, those of one version in two variants too (RFC 9110 section 8.8.3.3). */
function etagOf(name: string | undefined, version: number, variant: CachedResource['variant']): string | undefined {
	if (name === undefined) return undefined;
	const values = JSON.stringify(variant);
	const suffix = values === '{}' ? '' : `-${createHash('sha256').update(values).digest('hex').slice(0, 8)}`;
	const isWeak = name.startsWith('W/');
	return `${isWeak ? 'W/' : ''}"${isWeak ? name.slice(2) : name}-${version}${suffix}"`;
}

function fieldNames(vary: string | undefined): string[] {
	const names = (vary ?? '').split(',').map((name) => name.trim().toLowerCase());
	return names.filter((name) => name !== '' && name !== '*');
}

function optional<K extends string>(name: K, value: string | undefined): { readonly [N in K]?: string } {
	return value === undefined ? {} : ({ [name]: value } as { [N in K]: string });
}
