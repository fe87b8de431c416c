import type { Auth } from '../auth/auth.ts';
import { authLayer } from '../auth/auth-layer.ts';
import { RedirectError } from '../errors.ts';
import type { CallEvent } from '../events/events.ts';
import type { Observer } from '../events/observer.ts';
import { headersAfterRedirect } from '../redirect-headers.ts';
import { isRedirect, redirectTarget } from '../redirect-target.ts';
import { type HeaderList, hasHeader } from '../request-headers.ts';
import type { RequestSettings } from '../request-options.ts';
import { parseTarget, type RequestTarget } from '../request-target.ts';
import type { Send, TransportResponse } from '../transport/transport.ts';
import { CallBudget } from './call-budget.ts';
import type { CallCounter } from './call-counter.ts';
import { outgoingRequest } from './outgoing-request.ts';
import { sendWithRetries } from './send-with-retries.ts';

/** What a call needs of its client. */
export interface CallContext {
	/** The layers of the client, the transport at their end. */
	readonly send: Send;
	readonly observer: Observer;
	/** Fires when the client is destroyed. */
	readonly ended: AbortSignal;
	/** Whether a response can change the cookies of the next request. */
	readonly keepsCookies: boolean;
	/** Counts the waits for credentials. */
	readonly credentialWaits: CallCounter;
}

/** One call as it was asked for. */
export interface CallRequest {
	readonly method: string;
	/** Absolute. */
	readonly url: string | URL;
	readonly settings: RequestSettings;
	/** The one origin that `settings.auth` is for; that of the URL if undefined. */
	readonly authOrigin: string | undefined;
	/**
	 * Reads what is wanted of the final response, as part of the try: what fails in it may be tried again, because nobody
	 * has seen anything of it yet.
	 */
	readonly finish?: (response: TransportResponse, url: string) => Promise<void>;
}

/** The call, telling no other origin than `origin` what may be a secret: as if it had been redirected from there. */
export function withSecretsOf(request: CallRequest, origin: string): CallRequest {
	const { method, url, settings, authOrigin = origin } = request;
	if (parseTarget(method, url).origin === origin) return { ...request, authOrigin };
	const headers = headersAfterRedirect(settings.headers, { crossOrigin: true, dropBody: false });
	return { ...request, authOrigin, settings: { ...settings, headers } };
}

/** The final response of a call. */
export interface CallAnswer {
	readonly response: TransportResponse;
	/** What events of the call say about it: the method and the URL are those of the last request. */
	readonly event: CallEvent;
	/** The URLs redirected to, in order. */
	readonly redirectUrls: readonly string[];
	/** In terms of `performance.now()`. */
	readonly calledAt: number;
}

/**
 * Makes one call: sends the request, tries again what failed in passing, follows redirects.
 *
 * @throws HttpError
 */
export async function call(context: CallContext, request: CallRequest): Promise<CallAnswer> {
	const { method, url, settings, finish } = request;
	const budget = new CallBudget(settings.timeouts.totalMs);
	const redirectUrls: string[] = [];
	const seen = new Set<string>();
	const isFinal = ({ status, headers }: TransportResponse): boolean =>
		settings.maxRedirects === 0 || !isRedirect(status, headers);
	let target = parseTarget(method, url);
	let event: CallEvent = { callId: budget.callId, method, url: target.href };
	let headers = authorized(settings.headers, target);
	let { body } = settings;
	const send = authorizedSend(context, settings.auth, request.authOrigin ?? target.origin);
	try {
		for (;;) {
			const { href } = target;
			const response = await sendWithRetries(context, {
				send,
				request: outgoingRequest(event.method, target, { headers, body, settings, budget }),
				event,
				budget,
				retry: settings.retry,
				finish: finish && (async (answer) => (isFinal(answer) ? await finish(answer, href) : undefined)),
			});
			if (isFinal(response)) return { response, event, redirectUrls, calledAt: budget.calledAt };

			response.body.discard();
			const next = redirectTarget(response.status, response.headers, href, event.method);
			if (next === undefined) return { response, event, redirectUrls, calledAt: budget.calledAt };
			seen.add(`${event.method} ${href}`);
			// With a new cookie the answer may be another: a login leads back to where one came from.
			if (context.keepsCookies && response.headers['set-cookie'] !== undefined) seen.clear();
			if (redirectUrls.length >= settings.maxRedirects) {
				const detail = `once more after ${settings.maxRedirects} redirects (maxRedirects).`;
				throw new RedirectError(event, 'too-many', detail);
			}
			const { origin } = target;
			target = parseTarget(next.method, next.url);
			if (!next.dropBody && body?.repeatable === false) {
				const detail = `to ${target.href} with its body, a stream that is spent: give a function that makes it.`;
				throw new RedirectError(event, 'body-spent', detail);
			}
			if (seen.has(`${next.method} ${target.href}`)) {
				throw new RedirectError(event, 'loop', `to ${target.href}, where it came from.`);
			}
			if (context.observer.hears('redirect')) {
				context.observer.tell('redirect', { ...event, status: response.status, to: target.href });
			}
			redirectUrls.push(target.href);
			const change = { crossOrigin: target.origin !== origin, dropBody: next.dropBody };
			headers = authorized(headersAfterRedirect(headers, change), target);
			if (next.dropBody) body = undefined;
			event = { callId: budget.callId, method: next.method, url: target.href };
		}
	} catch (error) {
		settings.body?.abandon?.();
		if (context.observer.hears('error')) context.observer.tell('error', { ...event, error });
		throw error;
	}
}

/** Credentials go to one origin only, whatever a redirect says. */
function authorizedSend(context: CallContext, auth: Auth | undefined, authOrigin: string): Send {
	const { send, ended, credentialWaits: waits } = context;
	return auth === undefined ? send : authLayer(auth, (origin) => origin === authOrigin, { ended, waits })(send);
}

/** The user info of a URL becomes Basic authorization, unless the caller set a header of that name. */
function authorized(headers: HeaderList, target: RequestTarget): HeaderList {
	if (target.authorization === undefined || hasHeader(headers, 'authorization')) return headers;
	return [...headers, 'authorization', target.authorization];
}
