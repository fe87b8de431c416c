import { NonRetryableError, type Request } from '../crawlee.ts';
import { domainOf } from '../queue/domain-of.ts';
import { uniqueKeyOf } from '../queue/new-request.ts';
import type { UrlKeys } from '../queue/url-keys.ts';
import type { LeasedRequest, NewRequest, RequestData, RequestMethod } from '../store/crawl-store.ts';
import type { RedirectTarget } from './fetch-page.ts';
import { linkFilter } from './link-filter.ts';

/** What becomes of a request that was redirected. */
export type RedirectDecision =
	/** The target is a request of its own, and this one is done. If the target is known already, nothing is fetched twice. */
	| { readonly kind: 'follow'; readonly next: NewRequest }
	/** The same address once more: the server wants to see the cookie that it has just set. */
	| { readonly kind: 'again'; readonly data: RequestData }
	/** The target lies outside of where the link's strategy may lead. */
	| { readonly kind: 'skip' };

/**
 * Decides about one hop of a redirect.
 *
 * @throws NonRetryableError after too many hops, or when they go in a circle.
 */
export function decideRedirect(
	leased: LeasedRequest,
	request: Request,
	target: RedirectTarget,
	options: { maxRedirects: number; hasNewCookie: boolean; sessionId: string | undefined; keys: UrlKeys },
): RedirectDecision {
	const hops = [...(leased.data?.redirectedFrom ?? []), leased.url];
	if (hops.length > options.maxRedirects) {
		throw new NonRetryableError(
			`${hops[0]} was redirected more than ${options.maxRedirects} times, last to ${target.url}.`,
		);
	}
	const url = withoutFragment(target.url);
	const data: RequestData = {
		...leased.data,
		redirectedFrom: hops,
		...(options.sessionId !== undefined && { sessionId: options.sessionId }),
	};
	if (hops.some((hop) => withoutFragment(hop) === url)) {
		if (url === withoutFragment(leased.url) && options.hasNewCookie) return { kind: 'again', data };
		throw new NonRetryableError(`${hops[0]} is redirected in a circle, back to ${url}.`);
	}
	const strategy = strategyOf(leased);
	if (!linkFilter({ strategy }, { url: request.url })(url)) return { kind: 'skip' };
	const { payload, headers, ...rest } = data;
	const keptPayload = target.dropBody || payload === undefined ? {} : { payload };
	const keptHeaders = headersAfter(headers, leased.url, target);
	const next: NewRequest = {
		uniqueKey: uniqueKeyOf(options.keys.of(url), target.method, keptPayload.payload),
		url,
		domain: domainOf(url),
		method: target.method as RequestMethod,
		label: leased.label,
		priority: leased.priority,
		crawlDepth: leased.crawlDepth,
		data: { ...rest, ...keptPayload, ...(keptHeaders && { headers: keptHeaders }), enqueueStrategy: strategy },
		parentId: leased.id,
	};
	return { kind: 'follow', next };
}

/**
 * What may travel to another origin. A list of what to keep, because nobody can list every header that holds a secret.
 */
const HARMLESS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-type', 'dnt', 'user-agent']);

/** The request's own headers after the redirect (RFC 9110 §15.4). */
function headersAfter(
	headers: RequestData['headers'],
	from: string,
	target: RedirectTarget,
): RequestData['headers'] | undefined {
	if (headers === undefined) return undefined;
	const isSameOrigin = new URL(from).origin === new URL(target.url).origin;
	const kept = Object.entries(headers).filter(([given]) => {
		const name = given.toLowerCase();
		if (name === 'host' || (target.dropBody && name.startsWith('content-'))) return false;
		return isSameOrigin || HARMLESS.has(name);
	});
	return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** Links carry no strategy when theirs is the default one; what somebody named by address may lead anywhere. */
function strategyOf(leased: LeasedRequest): 'all' | 'same-domain' | 'same-hostname' | 'same-origin' {
	const named = leased.data?.enqueueStrategy as ReturnType<typeof strategyOf> | undefined;
	return named ?? (leased.parentId === undefined ? 'all' : 'same-hostname');
}

function withoutFragment(url: string): string {
	const hash = url.indexOf('#');
	return hash === -1 ? url : url.slice(0, hash);
}
