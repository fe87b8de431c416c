import { setTimeout as sleep } from 'node:timers/promises';
import { requireKnownNames } from '../check-names.ts';
import { AbortedError, ConnectError, type ConnectFailure, InvalidRequestError, TimeoutError } from '../errors.ts';
import { isRecord, kindOf } from '../kind-of.ts';
import { PhaseTimer } from '../phase-timer.ts';
import type { Transport, TransportRequest, TransportResponse, TransportStats } from '../transport/transport.ts';
import { WireBody, type WireSource } from '../undici/wire-body.ts';
import { type MockRequest, mockRequest } from './mock-request.ts';

/** What a mocked server answers. */
export interface MockAnswer {
	/** Default 200. */
	readonly status?: number;
	readonly statusText?: string;
	readonly headers?: Readonly<Record<string, string | string[]>>;
	readonly body?: string | Uint8Array;
	/** A body as JSON, with its Content-Type. */
	readonly json?: unknown;
	/** Answer after so many milliseconds; the client's timeouts and signals apply meanwhile. */
	readonly delayMs?: number;
	/** No answer, but a connection that fails like this. */
	readonly fail?: ConnectFailure;
}

/** Answers one request. What it throws is what the client's caller gets, so that assertions may stand in it. */
export type MockHandler = (request: MockRequest) => MockAnswer | Promise<MockAnswer>;

/**
 * Stands in for the network in tests: no socket is opened, and everything above the connections is real, so redirects,
 * retries, cookies, credentials, limits and timeouts behave as they will.
 *
 * @example
 * const mock = new MockTransport(({ path }) => (path === '/me' ? { json: { name: 'Ada' } } : { status: 404 }));
 * const client = new HttpClient({ baseUrl: 'https://api.test/', transport: mock });
 * await (await client.get('me')).json(); // { name: 'Ada' }
 * mock.requests.length; // 1
 */
export class MockTransport implements Transport {
	readonly #handler: MockHandler;
	readonly #requests: MockRequest[] = [];
	readonly #running = new Set<(error: Error) => void>();
	#closed = false;

	constructor(handler: MockHandler) {
		if (typeof handler !== 'function') {
			throw new InvalidRequestError(`MockTransport was given a ${typeof handler}: give a function that answers.`);
		}
		this.#handler = handler;
	}

	/** Every request so far, in the order they were sent. */
	get requests(): readonly MockRequest[] {
		return this.#requests;
	}

	get stats(): TransportStats {
		return { pools: 0, connections: this.#running.size };
	}

	async send(request: TransportRequest): Promise<TransportResponse> {
		try {
			if (this.#closed) throw new InvalidRequestError('was asked of a MockTransport that is closed.', request);
			return await this.#answer(request);
		} finally {
			request.onFinished();
		}
	}

	async close(): Promise<void> {
		this.#closed = true;
	}

	async destroy(): Promise<void> {
		this.#closed = true;
		for (const end of this.#running) end(new Error('The client was destroyed.'));
	}

	async #answer(request: TransportRequest): Promise<TransportResponse> {
		const over = new AbortController();
		const ending = Promise.withResolvers<never>();
		// It may lose the race, and is nobody's failure then.
		ending.promise.catch(() => undefined);
		const abort = (): void => ending.reject(new AbortedError(request, 'its signal fired.', request.signal?.reason));
		const end = (error: Error): void => ending.reject(new AbortedError(request, 'the client was destroyed.', error));
		const timer = new PhaseTimer(request.totalAt, (phase) => {
			ending.reject(new TimeoutError(request, phase, request.timeouts[`${phase}Ms`]));
		});
		if (request.signal?.aborted) abort();
		request.signal?.addEventListener('abort', abort);
		this.#running.add(end);
		const sentAt = performance.now();
		timer.enter('headers', request.timeouts.headersMs, sentAt);
		try {
			return await Promise.race([this.#ask(request, sentAt, over.signal), ending.promise]);
		} finally {
			over.abort();
			timer.stop();
			request.signal?.removeEventListener('abort', abort);
			this.#running.delete(end);
		}
	}

	async #ask(request: TransportRequest, sentAt: number, over: AbortSignal): Promise<TransportResponse> {
		request.onSent();
		const seen = await mockRequest(request);
		this.#requests.push(seen);
		const answer = checkedAnswer(await this.#handler(seen));
		if (answer.delayMs !== undefined) await sleep(answer.delayMs, undefined, { signal: over });
		if (answer.fail !== undefined) throw new ConnectError(request, answer.fail, 'as the mock was told.', undefined);
		const { status = 200, statusText = '' } = answer;
		const headers = headersOf(answer);
		const { maxStreamBytes, decode } = request;
		const bodiless = request.method === 'HEAD' || status === 204 || status === 304;
		const body = new WireBody({ request, headers, bodiless, maxStreamBytes, decode }, NO_CONNECTION);
		if (!bodiless) body.push(bytesOf(answer));
		body.end();
		return { status, statusText, headers, body, sentAt, headersAt: performance.now() };
	}
}

/** All of a body is there at once: nothing can be held up or given up. */
const NO_CONNECTION: WireSource = {
	pause: ignore,
	resume: ignore,
	iterationBegan: ignore,
	drain: ignore,
	cut: ignore,
};

function ignore(): void {}

const ANSWER_NAMES: readonly (keyof MockAnswer)[] = [
	'status',
	'statusText',
	'headers',
	'body',
	'json',
	'delayMs',
	'fail',
];

function checkedAnswer(answer: unknown): MockAnswer {
	if (isRecord(answer) && !(answer instanceof Response)) {
		requireKnownNames('The answer of a MockTransport', answer, ANSWER_NAMES);
		const { status = 200, headers = {}, json, body }: MockAnswer = answer;
		if (!(Number.isInteger(status) && status >= 200 && status <= 999)) {
			throw new InvalidRequestError(`The status of a MockTransport is ${String(status)}: give a number such as 404.`);
		}
		if (!isRecord(headers)) {
			throw new InvalidRequestError(
				`The headers of a MockTransport are ${kindOf(headers)}: give an object of names and values.`,
			);
		}
		if (json !== undefined && body !== undefined) {
			throw new InvalidRequestError('The answer of a MockTransport has json and body: give one of them.');
		}
		return answer;
	}
	throw new InvalidRequestError(
		`The handler of a MockTransport gave ${String(answer)}: give an object such as { status: 404 } or { json: … }.`,
	);
}

function headersOf({ headers = {}, json }: MockAnswer): Record<string, string | string[]> {
	const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
	return { ...(json !== undefined && { 'content-type': 'application/json' }), ...Object.fromEntries(lowerCase) };
}

function bytesOf({ body = '', json }: MockAnswer): Buffer {
	return Buffer.from(json === undefined ? body : JSON.stringify(json));
}
