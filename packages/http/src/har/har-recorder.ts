import { writeFile } from 'node:fs/promises';
import { requireKnownNames } from '../check-names.ts';
import { flag, wholeNumber } from '../check-numbers.ts';
import { InvalidRequestError } from '../errors.ts';
import type { BodyEvent, CallEvent, HttpHooks, RequestEvent, ResponseEvent } from '../events/events.ts';
import { kindOf } from '../kind-of.ts';
import type { Har } from './har.ts';
import { harEntry, type RecordedExchange } from './har-entry.ts';

/** What a recorder keeps. */
export interface HarOptions {
	/** Keep the bodies of responses that are read whole, and of requests that are in memory. Default false. */
	readonly bodies?: boolean;
	/** Bodies over this are left out. Default 1 MiB. */
	readonly maxBodyBytes?: number;
	/** Beyond so many requests the oldest are forgotten. Default 10,000. */
	readonly maxEntries?: number;
	/**
	 * Names of headers and query parameters whose values are not written down, besides Authorization,
	 * Proxy-Authorization, Cookie, Set-Cookie, X-Api-Key, and the usual ones of URLs (token, access_token, api_key, key,
	 * password, secret, sig, signature …); `false` writes all of them down, secrets included.
	 */
	readonly redact?: readonly string[] | false;
}

const SECRETS = [
	...['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-api-key'],
	...['x-auth-token', 'x-csrf-token', 'x-xsrf-token'],
	...['token', 'access_token', 'refresh_token', 'id_token', 'api_key', 'apikey', 'api-key', 'key'],
	...['password', 'secret', 'client_secret', 'sig', 'signature', 'x-amz-signature', 'x-amz-security-token'],
];

/**
 * Records what a client does as an HTTP Archive, for browsers' network panels and other tools.
 *
 * @example
 * const har = new HarRecorder();
 * await using client = new HttpClient({ hooks: har.hooks });
 * await (await client.get('https://example.com/')).text();
 * await har.save('requests.har');
 */
export class HarRecorder {
	/** Give these to one client, or to several. */
	readonly hooks: HttpHooks;
	readonly #exchanges: RecordedExchange[] = [];
	/** The last exchange of each call that may still hear something. */
	readonly #open = new Map<number, RecordedExchange>();
	readonly #bodies: boolean;
	readonly #maxBodyBytes: number;
	readonly #maxEntries: number;
	readonly #secrets: ReadonlySet<string>;
	#forgotten = 0;

	/** @throws InvalidRequestError for an unknown option or a value that cannot be used. */
	constructor(options: HarOptions = {}) {
		requireKnownNames('HarRecorder', options, ['bodies', 'maxBodyBytes', 'maxEntries', 'redact']);
		this.#bodies = flag('bodies', options.bodies ?? false);
		this.#maxBodyBytes = wholeNumber('maxBodyBytes', options.maxBodyBytes ?? 1024 * 1024, 0);
		this.#maxEntries = wholeNumber('maxEntries', options.maxEntries ?? 10_000, 1);
		this.#secrets = secretNames(options.redact ?? []);
		this.hooks = {
			onRequest: (event) => this.#begin(event),
			onResponse: (event) => this.#respond(event),
			onEnd: (event) => this.#amend(event, { totalMs: event.totalMs, wireBytes: event.wireBytes }),
			onBody: (event) => this.#keepBody(event),
			onError: (event) => this.#amend(event, { error: String(event.error) }),
		};
	}

	/** Requests that `maxEntries` made the recorder forget. */
	get forgotten(): number {
		return this.#forgotten;
	}

	/** What was recorded so far. */
	toJSON(): Har {
		const entries = this.#exchanges.map((exchange) => harEntry(exchange, this.#secrets));
		return { log: { version: '1.2', creator: { name: 'orbweaver', version: '0' }, entries } };
	}

	/** Writes the archive to `file`, replacing it. */
	async save(file: string): Promise<void> {
		await writeFile(file, JSON.stringify(this, undefined, '\t'));
	}

	#begin(request: RequestEvent): void {
		const body = this.#bodies && sizeOf(request.body) <= this.#maxBodyBytes ? request.body : undefined;
		this.#keep({ startedAt: Date.now(), request: { ...request, body } });
	}

	/** A response from the cache comes without a request. */
	#respond(response: ResponseEvent): void {
		const exchange = this.#open.get(response.callId);
		if (exchange?.response !== undefined || exchange === undefined) {
			const { callId, method, url } = response;
			const request = { callId, method, url, headers: [], retries: 0, bodyBytes: 0, body: undefined };
			this.#keep({ startedAt: Date.now(), request, response });
		} else exchange.response = response;
	}

	#keepBody(event: BodyEvent): void {
		const { bytes } = event;
		const kept = this.#bodies && bytes.length <= this.#maxBodyBytes ? { content: bytes } : {};
		this.#amend(event, { contentBytes: bytes.length, ...kept });
	}

	#amend({ callId }: CallEvent, change: Partial<RecordedExchange>): void {
		const exchange = this.#open.get(callId);
		if (exchange !== undefined) Object.assign(exchange, change);
	}

	#keep(exchange: RecordedExchange): void {
		this.#exchanges.push(exchange);
		this.#open.set(exchange.request.callId, exchange);
		if (this.#exchanges.length <= this.#maxEntries) return;
		const oldest = this.#exchanges.shift();
		this.#forgotten += 1;
		const { callId = -1 } = oldest?.request ?? {};
		if (this.#open.get(callId) === oldest) this.#open.delete(callId);
	}
}

function sizeOf(body: string | Uint8Array | undefined): number {
	return body === undefined ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
}

function secretNames(redact: readonly string[] | false): ReadonlySet<string> {
	if (redact === false) return new Set();
	if (Array.isArray(redact) && redact.every((name) => typeof name === 'string')) {
		return new Set([...SECRETS, ...redact].map((name) => name.toLowerCase()));
	}
	throw new InvalidRequestError(`redact is ${kindOf(redact)}: give a list of names, or false to write all down.`);
}
