import type { Dispatcher } from 'undici';
import type { CollectorEvents } from '../decode/body-collector.ts';
import { type Collector, collectorFor } from '../decode/collector-for.ts';
import { planDecoding } from '../decode/content-codings.ts';
import type { DecodeFailure } from '../decode/stream-decoder.ts';
import {
	AbortedError,
	BodyTooLargeError,
	DecodeError,
	type RequestLabel,
	TimeoutError,
	type TimeoutPhase,
} from '../errors.ts';
import { PhaseTimer } from '../phase-timer.ts';
import type { ReadSettings, ResponseHead } from '../read-options.ts';
import type { HeaderList } from '../request-headers.ts';
import { firstValue, type ResponseHeaders } from '../response-headers.ts';
import type { ConnectionWatch } from './connector.ts';
import { classify } from './failure.ts';
import { maySendAgain } from './resend.ts';

/** One request as it goes out: a redirect makes another one. */
export interface OutgoingRequest extends RequestLabel {
	readonly origin: string;
	readonly path: string;
	readonly headers: HeaderList;
	readonly body: string | Uint8Array | undefined;
	/** When the whole call began, in terms of `performance.now()`. */
	readonly calledAt: number;
	readonly settings: Pick<
		ReadSettings,
		'timeouts' | 'maxBodyBytes' | 'overflow' | 'maxHeaderBytes' | 'proxyUrl' | 'signal' | 'onSent'
	>;
	/** Decides about the body; `undefined` reads it. */
	readonly onHead: ((head: ResponseHead) => 'read' | 'discard') | undefined;
}

/** What came back. Times are those of `performance.now()`. */
export interface ExchangeResult {
	readonly status: number;
	readonly statusText: string;
	readonly headers: ResponseHeaders;
	readonly body: Buffer;
	readonly discarded: boolean;
	readonly truncated: boolean;
	readonly wireBytes: number;
	readonly sentAt: number;
	readonly headersAt: number;
}

/** The one who dispatches exchanges and keeps count of them. */
export interface ExchangeHost {
	/** undici is done with the exchange; its connection is free or gone. */
	finished(exchange: Exchange): void;
	/** Dispatch it again, on a new connection. */
	resend(exchange: Exchange): void;
}

/** An unwanted body of up to this size is read away, to keep the connection, for at most this long. */
const DRAIN_BYTES = 16 * 1024;
const DRAIN_MS = 1_000;

const NO_BODY = Buffer.alloc(0);

/**
 * One request and its response, as undici's handler. It settles its promise once; undici may be done with it earlier
 * (a body still being decoded) or later (an unwanted body being drained).
 */
export class Exchange implements Dispatcher.DispatchHandler, CollectorEvents {
	readonly request: OutgoingRequest;
	readonly #host: ExchangeHost;
	readonly #resolve: (result: ExchangeResult) => void;
	readonly #reject: (error: Error) => void;
	readonly #timer: PhaseTimer;
	#watch: ConnectionWatch | undefined;
	#controller: Dispatcher.DispatchController | undefined;
	#collector: Collector | undefined;
	/** Set when the promise is settled before undici began to send: it is thrown then, to keep the request back. */
	#cancelled: Error | undefined;
	#settled = false;
	#finished = false;
	#reusedConnection = false;
	#responseBegan = false;
	#resent = false;
	#drainedBytes = 0;
	#sentAt = 0;
	#headersAt = 0;
	#status = 0;
	#statusText = '';
	#headers: ResponseHeaders = {};

	constructor(
		request: OutgoingRequest,
		host: ExchangeHost,
		resolve: (result: ExchangeResult) => void,
		reject: (error: Error) => void,
	) {
		this.request = request;
		this.#host = host;
		this.#resolve = resolve;
		this.#reject = reject;
		const totalAt = request.calledAt + request.settings.timeouts.totalMs;
		this.#timer = new PhaseTimer(totalAt, (phase) => this.#expire(phase));
		request.settings.signal?.addEventListener('abort', this.#onAbort);
	}

	/** The pool it is about to be dispatched to. */
	set watch(watch: ConnectionWatch) {
		this.#watch = watch;
	}

	/** Whether the request was written. */
	get sent(): boolean {
		return this.#controller !== undefined;
	}

	/** Ends it with `error`, whatever it is doing. */
	fail(error: Error): void {
		if (!this.#settle()) return;
		this.#collector?.drop();
		this.#reject(error);
		if (this.#controller !== undefined) this.#controller.abort(error);
		else {
			this.#cancelled = error;
			this.#timer.stop();
		}
	}

	onRequestStart(controller: Dispatcher.DispatchController): void {
		// Thrown, because aborting would destroy the healthy connection that this request waited for.
		if (this.#cancelled !== undefined) throw this.#cancelled;
		this.#controller = controller;
		this.#reusedConnection = this.#watch?.handingOver === false;
		this.#responseBegan = false;
		this.#sentAt = performance.now();
		this.#timer.enter('headers', this.request.settings.timeouts.headersMs, this.#sentAt);
		try {
			this.request.settings.onSent?.();
		} catch (error) {
			this.fail(asError(error));
		}
	}

	onResponseStarted(): void {
		this.#responseBegan = true;
	}

	onResponseStart(
		controller: Dispatcher.DispatchController,
		status: number,
		headers: ResponseHeaders,
		statusText = '',
	): void {
		if (status < 200 || this.#settled) return; // An interim response (RFC 9110 §15.2) is not the answer.
		this.#headersAt = performance.now();
		this.#status = status;
		this.#statusText = statusText;
		this.#headers = headers;
		this.#timer.enter('read', this.request.settings.timeouts.readMs, this.#headersAt);
		try {
			if (this.request.onHead?.({ status, headers, url: this.request.url }) === 'discard') this.#discard(controller);
			else this.#expectBody();
		} catch (error) {
			this.fail(asError(error));
		}
	}

	onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
		if (this.#settled) {
			this.#drainedBytes += chunk.length;
			if (this.#drainedBytes > DRAIN_BYTES) controller.abort(new Error('The rest of the body is not wanted.'));
			return;
		}
		this.#timer.enter('read', this.request.settings.timeouts.readMs, performance.now());
		this.#collector?.push(chunk);
	}

	onResponseEnd(): void {
		if (!this.#settled) this.#collector?.end();
		this.#finish();
	}

	onResponseError(controller: Dispatcher.DispatchController | null, error: Error): void {
		if (this.#mayResend(error)) {
			this.#resent = true;
			this.#controller = undefined;
			this.#host.resend(this);
			return;
		}
		const { timeouts, maxHeaderBytes } = this.request.settings;
		this.fail(
			classify(error, this.request, {
				responseBegan: this.#responseBegan,
				headersEnded: this.#status > 0,
				connectMs: timeouts.connectMs,
				maxHeaderBytes,
			}),
		);
		// undici reports a 407 of a proxy here and goes on reading.
		controller?.abort(error);
		this.#finish();
	}

	onBody(body: Buffer, truncated = false): void {
		if (!this.#settle()) return;
		this.#resolve(this.#result(body, { truncated }));
		if (truncated && !this.#finished) this.#controller?.abort(new Error('The rest of the body is not wanted.'));
	}

	onWireLimit(): void {
		this.fail(new BodyTooLargeError(this.request, this.request.settings.maxBodyBytes, 'received'));
	}

	onDecodeFailure(failure: DecodeFailure): void {
		const encoding = String(this.#headers['content-encoding']);
		this.fail(
			failure.overLimit
				? new BodyTooLargeError(this.request, this.request.settings.maxBodyBytes, `decoded from ${encoding}`)
				: new DecodeError(this.request, encoding, `${failure.cause.message}.`, failure.cause),
		);
	}

	/** @throws DecodeError or BodyTooLargeError when the headers already rule the body out. */
	#expectBody(): void {
		const { maxBodyBytes, overflow } = this.request.settings;
		const bodiless = this.request.method === 'HEAD' || this.#status === 204 || this.#status === 304;
		const announced = Number(firstValue(this.#headers, 'content-length') ?? 0);
		if (!bodiless && announced > maxBodyBytes && overflow === 'error') {
			throw new BodyTooLargeError(this.request, maxBodyBytes, `announced: ${announced}`);
		}
		const encoding = this.#headers['content-encoding'];
		const codings = planDecoding(encoding);
		if (codings === 'too-many') throw new DecodeError(this.request, String(encoding), 'it has too many codings.');
		this.#collector = collectorFor(codings, maxBodyBytes, overflow, this);
	}

	#discard(controller: Dispatcher.DispatchController): void {
		if (!this.#settle()) return;
		this.#resolve(this.#result(NO_BODY, { discarded: true }));
		if (Number(firstValue(this.#headers, 'content-length') ?? 0) > DRAIN_BYTES && this.request.method !== 'HEAD') {
			controller.abort(new Error('The body is not wanted.'));
		} else this.#timer.enter('read', DRAIN_MS, this.#headersAt);
	}

	#mayResend(error: Error): boolean {
		if (this.#settled || this.#resent) return false;
		const { method } = this.request;
		return maySendAgain({
			method,
			reusedConnection: this.#reusedConnection,
			responseBegan: this.#responseBegan,
			error,
		});
	}

	#expire(phase: TimeoutPhase): void {
		if (this.#settled) {
			this.#controller?.abort(new Error('The rest of the body took too long.'));
			return;
		}
		this.fail(new TimeoutError(this.request, phase, this.request.settings.timeouts[`${phase}Ms`]));
	}

	readonly #onAbort = (): void => {
		this.fail(new AbortedError(this.request, 'its signal fired.', this.request.settings.signal?.reason));
	};

	#settle(): boolean {
		if (this.#settled) return false;
		this.#settled = true;
		this.request.settings.signal?.removeEventListener('abort', this.#onAbort);
		return true;
	}

	#finish(): void {
		if (this.#finished) return;
		this.#finished = true;
		this.#timer.stop();
		this.#host.finished(this);
	}

	#result(body: Buffer, { discarded = false, truncated = false }): ExchangeResult {
		return {
			status: this.#status,
			statusText: this.#statusText,
			headers: this.#headers,
			body,
			discarded,
			truncated,
			wireBytes: this.#collector?.wireBytes ?? 0,
			sentAt: this.#sentAt,
			headersAt: this.#headersAt,
		};
	}
}

function asError(value: unknown): Error {
	return value instanceof Error ? value : new Error(String(value));
}
