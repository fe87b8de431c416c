import { RedirectError } from './errors.ts';
import { withoutCredentials } from './request-target.ts';
import { firstValue, type ResponseHeaders } from './response-headers.ts';

/** Where a redirect leads and how to ask there. */
export interface RedirectTarget {
	/** Absolute http(s) URL; the fragment of the current URL is inherited when Location has none (RFC 9110 §10.2.2). */
	readonly url: string;
	readonly method: string;
	/** The body, and the headers that describe it, must not be sent again. */
	readonly dropBody: boolean;
}

/** Whether the response asks to go elsewhere: status 301, 302, 303, 307 or 308 with a Location. */
export function isRedirect(status: number, headers: ResponseHeaders): boolean {
	return REDIRECT_STATUSES.has(status) && firstValue(headers, 'location') !== undefined;
}

const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Where a response redirects to, `undefined` when it does not. 301 and 302 turn POST into GET, 303 turns everything
 * but HEAD into GET, 307 and 308 keep the method and the body (WHATWG Fetch, "HTTP-redirect fetch").
 *
 * @throws RedirectError when the Location does not parse, or is not http(s).
 */
export function redirectTarget(
	status: number,
	headers: ResponseHeaders,
	currentUrl: string | URL,
	method: string,
): RedirectTarget | undefined {
	if (!isRedirect(status, headers)) return undefined;
	const current = new URL(currentUrl);
	const location = decodedLocation(firstValue(headers, 'location') ?? '');
	const target = URL.parse(location, current.href);
	const request = { method, url: withoutCredentials(current).href };
	if (target === null) {
		// What cannot be parsed cannot be cleared of a password either.
		const shown = location.replace(/^.*@/s, '…@');
		throw new RedirectError(request, 'invalid-location', `to "${shown}", which is not a URL.`);
	}
	if (target.protocol !== 'http:' && target.protocol !== 'https:') {
		const shown = withoutCredentials(target).href;
		throw new RedirectError(request, 'unsupported-scheme', `to "${shown}", which is not http(s).`);
	}
	// An empty fragment ("#") counts as one, and `hash` cannot tell it from none.
	if (!target.href.includes('#')) target.hash = current.hash;
	const becomesGet = changesToGet(status, method);
	return { url: target.href, method: becomesGet ? 'GET' : method, dropBody: becomesGet };
}

function changesToGet(status: number, method: string): boolean {
	if (status === 303) return method !== 'GET' && method !== 'HEAD';
	return method === 'POST' && (status === 301 || status === 302);
}

/** Header values arrive as Latin-1; servers send UTF-8 unescaped, and browsers read it as that when it is valid. */
function decodedLocation(latin1: string): string {
	if (!/[\u0080-\u00ff]/.test(latin1)) return latin1;
	try {
		return UTF8.decode(Buffer.from(latin1, 'latin1'));
	} catch {
		return latin1;
	}
}

const UTF8: InstanceType<typeof TextDecoder> = new TextDecoder('utf-8', { fatal: true });
