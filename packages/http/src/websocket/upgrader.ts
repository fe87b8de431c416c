import type { Auth, AuthRequest } from '../auth/auth.ts';
import { AuthError, HttpError, InvalidRequestError, type RequestLabel, TimeoutError } from '../errors.ts';
import type { ResponseHeaders } from '../response-headers.ts';
import { startTimer } from './milliseconds.ts';
import { openSocket, type UpgradeOutcome, type UpgradeRequest } from './open-socket.ts';
import { refusalError } from './refused-upgrade.ts';
import type { ResumePoint } from './resume.ts';
import type { SocketSession } from './socket-session.ts';
import { httpUrl, type UpgradeTarget } from './upgrade-target.ts';
import type { WebSocketContext } from './websocket-context.ts';
import type { WebSocketSettings } from './websocket-options.ts';

/** Opens one socket after another to the same place: each with cookies, credentials and resume point of its moment. */
export class Upgrader {
	readonly #context: WebSocketContext;
	readonly #settings: WebSocketSettings;
	readonly #target: UpgradeTarget;
	readonly #resumePoint: ResumePoint | undefined;
	readonly #auth: Auth | undefined;

	constructor(
		context: WebSocketContext,
		settings: WebSocketSettings,
		target: UpgradeTarget,
		resumePoint: ResumePoint | undefined,
	) {
		this.#context = context;
		this.#settings = settings;
		this.#target = target;
		this.#resumePoint = resumePoint;
		this.#auth = authFor(context, settings, target);
	}

	/**
	 * Opens a socket within `timeouts.totalMs`. A 401 asks the credentials to renew themselves, once.
	 *
	 * @throws HttpError (rejects); the reason of `stop` when that fires.
	 */
	async open(stop: AbortSignal): Promise<SocketSession> {
		const { totalMs } = this.#settings.timeouts;
		const attempt = new AbortController();
		const onStop = (): void => attempt.abort(stop.reason);
		const expire = (): void => attempt.abort(new TimeoutError(this.#target.label, 'total', totalMs));
		const timer = startTimer(totalMs, expire);
		stop.addEventListener('abort', onStop);
		if (stop.aborted) onStop();
		try {
			return await this.#attempt(attempt.signal);
		} finally {
			clearTimeout(timer);
			stop.removeEventListener('abort', onStop);
		}
	}

	async #attempt(signal: AbortSignal): Promise<SocketSession> {
		const first = await this.#request(signal);
		const outcome = await this.#send(first.request, signal);
		if (outcome.session !== undefined) return outcome.session;
		const { refused } = outcome;
		const { label } = first.request;
		if (refused.status !== 401 || !(await this.#renewed(first, refused.headers, signal))) {
			throw refusalError(label, refused);
		}
		const second = await this.#request(signal);
		const last = await this.#send(second.request, signal);
		if (last.session === undefined) throw refusalError(second.request.label, last.refused);
		return last.session;
	}

	async #send(request: UpgradeRequest, signal: AbortSignal): Promise<UpgradeOutcome> {
		const outcome = await openSocket(request, this.#settings, this.#context, signal);
		const headers = outcome.session === undefined ? outcome.refused.headers : outcome.headers;
		try {
			await unlessAborted(this.#context.cookies?.setFromResponse(httpUrl(request.url).href, headers), signal);
		} catch (error) {
			outcome.session?.terminate();
			throw error;
		}
		return outcome;
	}

	async #request(signal: AbortSignal): Promise<{ request: UpgradeRequest; auth: AuthRequest | undefined }> {
		const { context, headers, url } = this.#prepared();
		const label = { method: 'GET', url: url.href };
		const http = httpUrl(url);
		if (!headers.has('cookie')) {
			const cookie = await unlessAborted(context.cookies?.getCookieString(http.href), signal);
			if (cookie !== undefined && cookie !== '') headers.set('cookie', cookie);
		}
		if (headers.has('authorization') || this.#auth === undefined) {
			return { request: { label, url, headers }, auth: undefined };
		}
		const auth = { method: 'GET', url: http.href, path: url.pathname + url.search, body: undefined, signal };
		const authorization = await this.#asked(label, signal, () => this.#auth?.authorize(auth));
		if (authorization !== undefined) headers.set('authorization', authorization);
		return { request: { label, url, headers }, auth };
	}

	/** What the handshake says without asking anybody. */
	#prepared(): { context: WebSocketContext; url: URL; headers: Headers } {
		const { url: target, label, authorization } = this.#target;
		const url = new URL(target);
		const headers = new Headers();
		try {
			const list = this.#settings.headers;
			for (let i = 0; i < list.length; i += 2) headers.append(list[i] ?? '', list[i + 1] ?? '');
			if (authorization !== undefined && !headers.has('authorization')) headers.set('authorization', authorization);
			this.#resumePoint?.apply(url, headers);
		} catch (error) {
			if (error instanceof HttpError) throw error;
			const detail = error instanceof Error ? error.message : String(error);
			throw new InvalidRequestError(`cannot be sent: ${detail}`, label, error);
		}
		return { context: this.#context, url, headers };
	}

	async #renewed(
		{ request, auth }: { request: UpgradeRequest; auth: AuthRequest | undefined },
		headers: ResponseHeaders,
		signal: AbortSignal,
	): Promise<boolean> {
		if (auth === undefined || this.#auth?.renew === undefined) return false;
		const authorization = request.headers.get('authorization') ?? undefined;
		const renewed = await this.#asked(request.label, signal, () =>
			this.#auth?.renew?.(auth, { headers, authorization }),
		);
		return renewed === true;
	}

	async #asked<T>(label: RequestLabel, signal: AbortSignal, ask: () => T | Promise<T>): Promise<T> {
		try {
			return await unlessAborted(ask(), signal);
		} catch (error) {
			if (error instanceof HttpError) throw error;
			const detail = error instanceof Error ? error.message : String(error);
			throw new AuthError(label, detail, error);
		}
	}
}

/** Credentials of the client go to their own origin only; ws: and http: count as one, wss: and https: too. */
function authFor(context: WebSocketContext, { auth }: WebSocketSettings, { url }: UpgradeTarget): Auth | undefined {
	if (auth !== undefined) return auth === false ? undefined : auth;
	const { origin } = httpUrl(url);
	return (context.authOrigin ?? origin) === origin ? context.auth : undefined;
}

/** Waits for what others do, no longer than `signal` lets it. Rejects with the signal's reason. */
async function unlessAborted<T>(awaited: T | Promise<T>, signal: AbortSignal): Promise<T> {
	const { promise, reject } = Promise.withResolvers<never>();
	const onAbort = (): void => reject(signal.reason);
	if (signal.aborted) onAbort();
	signal.addEventListener('abort', onAbort);
	try {
		return await Promise.race([promise, awaited]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}
