import type { CallCounter } from '../call/call-counter.ts';
import { AbortedError, AuthError, HttpError, type RequestLabel } from '../errors.ts';
import { hasHeader } from '../request-headers.ts';
import type { Send, TransportRequest, TransportResponse } from '../transport/transport.ts';
import type { Auth, AuthRequest } from './auth.ts';
import { boundedWait } from './bounded-wait.ts';

/** The client that credentials are waited for in. */
export interface AuthScope {
	/** Fires when it is destroyed. */
	readonly ended: AbortSignal;
	/** Counts the waits. */
	readonly waits: CallCounter;
}

/** What undici and RFC 9110 §5.5 let through. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Puts the credentials of `auth` on requests to the origins that are its own, unless they have an `Authorization`
 * already, and sends a request once more when it was answered 401 and `auth` has something new to offer. A request whose
 * body cannot be sent twice is not: its 401 is handed out, like any that is final, with its body unread.
 */
export function authLayer(auth: Auth, isOwn: (origin: string) => boolean, scope?: AuthScope): (next: Send) => Send {
	return (next) => (request) => {
		if (!isOwn(request.origin) || hasHeader(request.headers, 'authorization')) return next(request);
		return sendAuthorized({ auth, scope }, next, request);
	};
}

/** Who is asked for credentials, and where. */
interface Asked {
	readonly auth: Auth;
	readonly scope: AuthScope | undefined;
}

async function sendAuthorized(asked: Asked, next: Send, request: TransportRequest): Promise<TransportResponse> {
	const { auth, scope } = asked;
	const asking = authRequest(request);
	let authorization: string | undefined;
	let slotWaitMs = 0;
	// Waiting for a slot is no part of the call's time, so it is given back to who waits for credentials after it.
	const waited = (): TransportRequest => ({ ...request, totalAt: request.totalAt + slotWaitMs });
	const note = (value: string | undefined): string | undefined => {
		authorization = value;
		return value;
	};
	const credentialed = (value: string | undefined): TransportRequest => {
		return {
			...withAuthorization(request, note(value)),
			onWaited: (waitedMs) => {
				slotWaitMs += waitedMs;
				request.onWaited?.(waitedMs);
			},
			authorizeAgain: () => {
				if (authorization === undefined || auth.isCurrent?.(authorization) !== false) return authorization;
				const given = credentials(asked, asking, waited());
				return given instanceof Promise ? given.then(note) : note(given);
			},
		};
	};
	const response = await next(credentialed(await credentials(asked, asking, request)));
	if (response.status !== 401 || auth.renew === undefined || request.body?.repeatable === false) return response;

	const again = waited();
	let renewed: string | undefined;
	try {
		const { headers } = response;
		if (!(await ask(again, scope, () => auth.renew?.(asking, { headers, authorization })))) return response;
		renewed = await credentials(asked, asking, again);
	} catch (error) {
		response.body.discard();
		throw error;
	}
	response.body.discard();
	return next({ ...credentialed(renewed), totalAt: again.totalAt });
}

/** What is to be sent now; a promise where `auth` has to get it first. */
function credentials(
	{ auth, scope }: Asked,
	asking: AuthRequest,
	request: TransportRequest,
): string | undefined | Promise<string | undefined> {
	const given = ask(request, scope, () => auth.authorize(asking));
	return given instanceof Promise ? given.then((value) => sendable(value, request)) : sendable(given, request);
}

function sendable(authorization: string | undefined, request: TransportRequest): string | undefined {
	if (authorization === undefined || (typeof authorization === 'string' && HEADER_VALUE.test(authorization))) {
		return authorization;
	}
	throw new AuthError(
		request,
		'authorize gave what no header can carry: give a string without line ends, or undefined.',
	);
}

/** What `auth` answers, within the time that the call has. What it throws becomes an AuthError. */
function ask<T>(
	request: TransportRequest,
	scope: AuthScope | undefined,
	question: () => T | Promise<T>,
): T | Promise<T> {
	try {
		const answer = question();
		return answer instanceof Promise ? answerInTime(answer, request, scope) : answer;
	} catch (error) {
		throw authError(request, error);
	}
}

async function answerInTime<T>(
	answer: Promise<T>,
	{ method, url, signal, totalAt, timeouts }: TransportRequest,
	scope: AuthScope | undefined,
): Promise<T> {
	const label = { method, url };
	const signals = [scope?.ended, signal].filter((each) => each !== undefined);
	const waiting = { ...label, signal: AbortSignal.any(signals) };
	const wait = (): Promise<T> => boundedWait(answer, waiting, { totalAt, totalMs: timeouts.totalMs });
	try {
		return await (scope === undefined ? wait() : scope.waits.count(wait));
	} catch (error) {
		if (!(error instanceof AbortedError) || !scope?.ended.aborted) throw authError(label, error);
		throw new AbortedError(label, 'the client was destroyed.', error);
	}
}

function authError(request: RequestLabel, error: unknown): HttpError {
	return error instanceof HttpError ? error : new AuthError(request, 'its auth failed; the error is the cause.', error);
}

function authRequest({ method, url, path, body, signal }: TransportRequest): AuthRequest {
	return { method, url, path, body: body === undefined ? '' : body.bytes, signal };
}

function withAuthorization(request: TransportRequest, authorization: string | undefined): TransportRequest {
	if (authorization === undefined) return request;
	return { ...request, headers: [...request.headers, 'authorization', authorization] };
}
