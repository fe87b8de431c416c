import type { BufferedResponse } from './buffered-response.ts';
import { RedirectError } from './errors.ts';
import type { ReadSettings, ResponseHead } from './read-options.ts';
import { headersAfterRedirect } from './redirect-headers.ts';
import { isRedirect, redirectTarget } from './redirect-target.ts';
import { type HeaderList, hasHeader } from './request-headers.ts';
import { parseTarget, type RequestTarget } from './request-target.ts';
import type { OutgoingRequest } from './undici/exchange.ts';
import type { Transport } from './undici/transport.ts';

/** Asks for `url`, follows its redirects and gathers the final response. */
export async function read(transport: Transport, url: string | URL, settings: ReadSettings): Promise<BufferedResponse> {
	const calledAt = performance.now();
	const onHead = settings.maxRedirects === 0 ? settings.onHead : skippingRedirects(settings.onHead);
	const redirectUrls: string[] = [];
	const seen = new Set<string>();
	let { method, body } = settings;
	let target = parseTarget(method, url);
	let headers = authorized(settings.headers, target);
	for (;;) {
		const { href, origin, path } = target;
		const request: OutgoingRequest = { method, url: href, origin, path, headers, body, calledAt, settings, onHead };
		const result = await transport.send(request);
		const next = settings.maxRedirects === 0 ? undefined : redirectTarget(result.status, result.headers, href, method);
		if (next === undefined) {
			return {
				status: result.status,
				statusText: result.statusText,
				headers: result.headers,
				url: href,
				redirectUrls,
				body: result.body,
				discarded: result.discarded,
				truncated: result.truncated,
				wireBytes: result.wireBytes,
				timings: {
					sentMs: result.sentAt - calledAt,
					headersMs: result.headersAt - calledAt,
					totalMs: performance.now() - calledAt,
				},
			};
		}
		if (redirectUrls.length >= settings.maxRedirects) {
			throw new RedirectError(
				request,
				'too-many',
				`once more after ${settings.maxRedirects} redirects (maxRedirects).`,
			);
		}
		seen.add(`${method} ${href}`);
		target = parseTarget(next.method, next.url);
		if (seen.has(`${next.method} ${target.href}`)) {
			throw new RedirectError(request, 'loop', `to ${target.href}, where it came from.`);
		}
		redirectUrls.push(target.href);
		headers = authorized(
			headersAfterRedirect(headers, { crossOrigin: target.origin !== origin, dropBody: next.dropBody }),
			target,
		);
		method = next.method;
		if (next.dropBody) body = undefined;
	}
}

/** The body of a redirect that will be followed is of no use to anyone. */
function skippingRedirects(onHead: ReadSettings['onHead']): (head: ResponseHead) => 'read' | 'discard' {
	return (head) => (isRedirect(head.status, head.headers) ? 'discard' : (onHead?.(head) ?? 'read'));
}

/** The user info of a URL becomes Basic authorization, unless the caller set a header of that name. */
function authorized(headers: HeaderList, target: RequestTarget): HeaderList {
	if (target.authorization === undefined || hasHeader(headers, 'authorization')) return headers;
	return [...headers, 'authorization', target.authorization];
}
