import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { AbortedError, ConnectionLostError, InvalidRequestError, TimeoutError, type TimeoutPhase } from '../errors.ts';
import { PhaseTimer } from '../phase-timer.ts';
import type { BodyProgress } from '../request-body/request-body.ts';
import type { ResponseHeaders } from '../response-headers.ts';
import type { TransportRequest, TransportResponse } from '../transport/transport.ts';
import type { Connecting, ConnectionOwner } from './connecting.ts';
import { classify } from './failure.ts';
import { maySendAgain } from './resend.ts';
import { WireBody, type WireSource } from './wire-body.ts';

/** The one who dispatches exchanges and keeps count of them. */
export interface ExchangeHost {
	/** undici is done with the exchange; its connection is free or gone. */
	finished(exchange: Exchange): void;
	/** Dispatch it again, on a new connection. */
	resend(exchange: Exchange): void;
}

/** How long an unwanted rest of a body may take to arrive. */
const DRAIN_MS = 1_000;

/** How long a body may lie unread, or its reader pause between two pieces, before it loses its connection. */
const UNREAD_MS = 30_000;
const PAUSE_MS = 300_000;

/** The same for an unread body when the client closes: whoever wants it has begun by now. */
const CLOSING_UNREAD_MS = 1_000;

/**
 * One request and its response, as undici's handler. It settles its promise once, when the headers are there; the body
 * goes its own way, and undici may be done with it earlier (still unread) or later (an unwanted rest is drained).
 */
export class Exchange implements Dispatcher.DispatchHandler, WireSource, ConnectionOwner, BodyProgress {
	readonly request: TransportRequest;
	readonly #host: ExchangeHost;
	readonly #resolve: (response: TransportResponse) => void;
	readonly #reject: (error: Error) => void;
	readonly #timer: PhaseTimer;
	#connecting: Connecting | undefined;
	#controller: Dispatcher.DispatchController | undefined;
	#body: WireBody | undefined;
	/** The body of the request where it is a stream. */
	#upload: Readable | undefined;
	/** Why it ended early. Thrown when undici begins to send a request that was given up while it waited. */
	#error: Error | undefined;
	#finished = false;
	#reusedConnection = false;
	#responseBegan = false;
	#resent = false;
	#sourceIsLate = false;
	/** The body ends when its connection does. */
	#endsWithConnection = false;
	#iterated = false;
	#unreadMs = UNREAD_MS;
	#draining = false;
	#sentAt = 0;

	constructor(
		request: TransportRequest,
		host: ExchangeHost,
		resolve: (response: TransportResponse) => void,
		reject: (error: Error) => void,
	) {
		this.request = request;
		this.#host = host;
		this.#resolve = resolve;
		this.#reject = reject;
		this.#timer = new PhaseTimer(request.totalAt, (phase) => this.#expire(phase));
		request.signal?.addEventListener('abort', this.#onAbort);
	}

	/** Of the pool that it is about to be dispatched to. */
	set connecting(connecting: Connecting) {
		this.#connecting = connecting;
		connecting.join(this);
		this.#timer.enter('connect', this.connectMs, performance.now());
	}

	get connectMs(): number {
		return this.request.timeouts.connectMs;
	}

	/**
	 * The body to send.
	 *
	 * @throws InvalidRequestError when there can be none any more.
	 */
	openBody(): string | Uint8Array | Readable | null {
		const body = this.#open() ?? null;
		this.#upload = body instanceof Readable ? body : undefined;
		return body;
	}

	/** Whether the request was written. */
	get sent(): boolean {
		return this.#controller !== undefined;
	}

	/** Ends it with `error`, whatever it is doing. */
	fail(error: Error): void {
		if (this.#finished || this.#error !== undefined) return;
		this.#error = error;
		if (this.#body === undefined) this.#reject(error);
		else this.#body.fail(error);
		if (this.#controller !== undefined) this.#controller.abort(error);
		else {
			this.#timer.stop();
			this.#connecting?.leave(this);
		}
	}

	/** Ends it where it could not even be dispatched. */
	abandon(error: Error): void {
		this.fail(error);
		this.#finish();
	}

	onRequestStart(controller: Dispatcher.DispatchController): void {
		// Thrown, because aborting would destroy the healthy connection that this request waited for.
		if (this.#error !== undefined) throw this.#error;
		this.#controller = controller;
		this.#connecting?.sent(this);
		this.#reusedConnection = this.#connecting?.handingOver === false;
		this.#responseBegan = false;
		this.#sentAt = performance.now();
		this.#awaitHeaders();
		try {
			this.request.onSent();
		} catch (error) {
			this.fail(asError(error));
		}
	}

	/** The request's body is waited for: its source may be late, but not the server. */
	onAsked(): void {
		this.#sourceIsLate = true;
		this.#awaitHeaders();
	}

	/** A piece of the request's body is taken: the server is still reading, and has not begun to be late. */
	onPiece(): void {
		this.#sourceIsLate = false;
		this.#awaitHeaders();
	}

	onResponseStarted(): void {
		this.#responseBegan = true;
	}

	onResponseStart(
		_controller: Dispatcher.DispatchController,
		status: number,
		headers: ResponseHeaders,
		statusText = '',
	): void {
		if (status < 200 || this.#error !== undefined) return; // An interim response (RFC 9110 §15.2) is not the answer.
		const headersAt = performance.now();
		this.#timer.enter('read', this.request.timeouts.readMs, headersAt);
		const { request } = this;
		const bodiless = request.method === 'HEAD' || status === 204 || status === 304;
		this.#endsWithConnection = headers['content-length'] === undefined && headers['transfer-encoding'] === undefined;
		const { maxStreamBytes, decode } = request;
		const body = new WireBody({ request, headers, bodiless, maxStreamBytes, decode }, this);
		this.#body = body;
		this.#resolve({ status, statusText, headers, body, sentAt: this.#sentAt, headersAt });
	}

	onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
		if (this.#error !== undefined) return;
		if (!this.#draining) this.#timer.enter('read', this.request.timeouts.readMs, performance.now());
		this.#body?.push(chunk);
	}

	onResponseEnd(): void {
		if (this.#endsWithConnection && this.#connecting?.failing) {
			// undici takes a reset for the end of such a body.
			this.fail(new ConnectionLostError(this.request, 'the connection was reset.', undefined));
		} else this.#body?.end();
		this.#finish();
	}

	onResponseError(controller: Dispatcher.DispatchController | null, error: Error): void {
		if (this.#mayResend(error)) {
			this.#resent = true;
			this.#controller = undefined;
			this.#upload?.destroy();
			this.#sourceIsLate = false;
			this.#host.resend(this);
			return;
		}
		const { timeouts, maxHeaderBytes } = this.request;
		this.fail(
			classify(error, this.request, {
				responseBegan: this.#responseBegan,
				headersEnded: this.#body !== undefined,
				connectMs: timeouts.connectMs,
				maxHeaderBytes,
			}),
		);
		// undici reports a 407 of a proxy here and goes on reading.
		controller?.abort(error);
		this.#finish();
	}

	/** The client closes, and waits no longer than need be for a body that nobody reads. */
	hurry(): void {
		this.#unreadMs = CLOSING_UNREAD_MS;
		if (this.#body?.paused && !this.#iterated) this.#timer.enter('read', this.#unreadMs, performance.now());
	}

	pause(): void {
		this.#controller?.pause();
		// Now the reader is late, not the server.
		this.#timer.enter('read', this.#patienceMs, performance.now());
	}

	resume(): void {
		if (!this.#draining) this.#timer.enter('read', this.request.timeouts.readMs, performance.now());
		this.#controller?.resume();
	}

	iterationBegan(): void {
		this.#iterated = true;
		if (!this.request.totalIsOwn) this.#timer.liftTotal();
	}

	drain(): void {
		this.#draining = true;
		this.#timer.enter('read', DRAIN_MS, performance.now());
	}

	cut(reason: Error): void {
		if (this.#finished || this.#error !== undefined) return;
		this.#error = reason;
		this.#controller?.abort(reason);
	}

	#open(): string | Uint8Array | Readable | undefined {
		const { request } = this;
		try {
			return request.body?.open(this);
		} catch (error) {
			if (!(error instanceof InvalidRequestError) || error.method !== undefined) throw error;
			throw new InvalidRequestError(`cannot be sent: ${error.message}`, request, error.cause);
		}
	}

	#awaitHeaders(): void {
		if (!this.sent || this.#error !== undefined || this.#body !== undefined) return;
		const limitMs = this.#sourceIsLate ? Number.POSITIVE_INFINITY : this.request.timeouts.headersMs;
		this.#timer.enter('headers', limitMs, performance.now());
	}

	get #patienceMs(): number {
		return this.#iterated ? PAUSE_MS : this.#unreadMs;
	}

	#mayResend(error: Error): boolean {
		if (this.#error !== undefined || this.#resent) return false;
		const { method, body, retried = false } = this.request;
		if (body !== undefined && !body.repeatable) return false;
		return maySendAgain({
			method,
			retried,
			reusedConnection: this.#reusedConnection,
			responseBegan: this.#responseBegan,
			error,
		});
	}

	#expire(phase: TimeoutPhase): void {
		const { request } = this;
		if (phase === 'read' && this.#body?.paused) {
			const detail = `nobody read its body for ${this.#patienceMs} ms: read it or call discard().`;
			this.fail(new AbortedError(request, detail));
		} else this.fail(new TimeoutError(request, phase, request.timeouts[`${phase}Ms`]));
	}

	readonly #onAbort = (): void => {
		this.fail(new AbortedError(this.request, 'its signal fired.', this.request.signal?.reason));
	};

	#finish(): void {
		if (this.#finished) return;
		this.#finished = true;
		this.#timer.stop();
		this.#connecting?.leave(this);
		// undici leaves alone what it has not begun to send.
		this.#upload?.destroy();
		this.request.signal?.removeEventListener('abort', this.#onAbort);
		this.#host.finished(this);
	}
}

function asError(value: unknown): Error {
	return value instanceof Error ? value : new Error(String(value));
}
