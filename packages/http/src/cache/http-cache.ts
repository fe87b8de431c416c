import { isRedirect } from '../redirect-target.ts';
import { TeeBody } from '../response/tee-body.ts';
import type { Send, TransportRequest, TransportResponse } from '../transport/transport.ts';
import { type CacheControl, requestDirectives } from './cache-control.ts';
import type { CacheSettings } from './cache-options.ts';
import type { CacheEntry } from './cache-store.ts';
import { type EntryHead, entryHead, withBody } from './entry-head.ts';
import { isUnsafe, keyOf, keysToForget } from './invalidation.ts';
import { passesBy } from './passes-by.ts';
import { RedirectBody } from './redirect-body.ts';
import { decideReuse, isErrorStatus, isServerFailure, mayServeOnError } from './reuse.ts';
import { notStoredAnswer, storedAnswer } from './stored-answer.ts';
import { updatedHeaders } from './stored-headers.ts';
import { StoredResponses } from './stored-responses.ts';
import { describes, validatorsOf } from './validators.ts';

/** A request that has to be sent, and what is known of it. */
interface Lookup {
	readonly request: TransportRequest;
	readonly wanted: CacheControl;
	/** What is stored for it, and not good enough. */
	readonly entry: CacheEntry | undefined;
	/** When it was looked up, as {@link StoredResponses.moment} counts. */
	readonly since: number;
}

/** Answers requests from stored responses where RFC 9111 allows it, sends the others, and stores what it may. */
export class HttpCache {
	readonly #settings: CacheSettings;
	readonly #now: () => number;
	readonly #responses: StoredResponses;
	/** Keys whose stale response is being refreshed. */
	readonly #refreshing = new Set<string>();

	/** @param now the time in milliseconds since the epoch. */
	constructor(settings: CacheSettings, now: () => number) {
		this.#settings = settings;
		this.#now = now;
		this.#responses = new StoredResponses(settings.store);
	}

	async send(request: TransportRequest, next: Send): Promise<TransportResponse> {
		if (isUnsafe(request.method)) return await this.#sendUnsafe(request, next);
		const wanted = requestDirectives(request.headers);
		const passes = passesBy(request, wanted);
		const since = this.#responses.moment();
		const entry = passes ? undefined : await this.#responses.find(request);
		// The signal may have fired while the store was asked: those who send know what follows.
		if (request.signal?.aborted) return await next(request);
		const reuse = entry === undefined ? 'validate' : decideReuse(entry, wanted, this.#settings, this.#now());
		const onlyStored = wanted.has('only-if-cached');
		if (entry !== undefined && reuse !== 'validate' && !(onlyStored && reuse === 'refresh')) {
			if (reuse === 'refresh') this.#refresh({ request, wanted, entry, since }, next);
			request.onFinished();
			return storedAnswer(request, entry, reuse === 'fresh' ? 'hit' : 'stale', this.#now());
		}
		if (onlyStored) {
			request.onFinished();
			return notStoredAnswer(request);
		}
		return passes ? await next(request) : await this.#fetch({ request, wanted, entry, since }, next);
	}

	async #sendUnsafe(request: TransportRequest, next: Send): Promise<TransportResponse> {
		const response = await next(request);
		const keys = keysToForget(request, response);
		if (keys.length > 0) this.#responses.invalidate(keys);
		return response;
	}

	/** Asks the server: whether the stored response is still valid, or for one. */
	async #fetch(lookup: Lookup, next: Send): Promise<TransportResponse> {
		const { request, entry } = lookup;
		const conditions = entry === undefined || request.method === 'HEAD' ? [] : validatorsOf(entry.headers);
		let response: TransportResponse;
		try {
			response = await next(
				conditions.length === 0 ? request : { ...request, headers: [...request.headers, ...conditions] },
			);
		} catch (error) {
			const standIn = isServerFailure(error) ? this.#standIn(lookup) : undefined;
			if (standIn === undefined) throw error;
			return standIn;
		}
		if (entry !== undefined && conditions.length > 0 && response.status === 304) {
			return this.#revalidated(lookup, entry, response);
		}
		const standIn = isErrorStatus(response.status) ? this.#standIn(lookup) : undefined;
		if (standIn !== undefined) {
			response.body.discard();
			return standIn;
		}
		return this.#keep(lookup, response);
	}

	/** The stored response where it may be shown in place of a failure. */
	#standIn({ request, wanted, entry }: Lookup): TransportResponse | undefined {
		const now = this.#now();
		if (entry === undefined || !mayServeOnError(entry, wanted, this.#settings, now)) return undefined;
		return storedAnswer(request, entry, 'stale', now);
	}

	/** The stored response is still valid: it is handed out with what the 304 says of it. */
	#revalidated(lookup: Lookup, entry: CacheEntry, notModified: TransportResponse): TransportResponse {
		const { request, since } = lookup;
		notModified.body.discard();
		const now = this.#now();
		let current = entry;
		// A 304 with another validator says that the body is right, but must not change what is stored.
		if (describes(notModified.headers, entry.headers)) {
			const { status, statusText, body } = entry;
			const headers = updatedHeaders(entry.headers, notModified.headers);
			const head = entryHead(request, { ...notModified, status, statusText, headers }, this.#settings, now);
			current = withBody(head ?? { ...entry, headers }, body);
			if (head === undefined) this.#responses.remove(request);
			else this.#responses.add(request, current, { since, now });
		}
		const { sentAt, headersAt, headers } = notModified;
		const answer = storedAnswer(request, current, 'revalidated', now);
		// Cookies are not stored, but these are new.
		const cookies = headers['set-cookie'];
		const shown = cookies === undefined ? answer.headers : { ...answer.headers, 'set-cookie': cookies };
		return { ...answer, headers: shown, sentAt, headersAt };
	}

	/** Hands a response on, to be stored when its reader has read it to its end. */
	#keep(lookup: Lookup, response: TransportResponse): TransportResponse {
		const { request, entry } = lookup;
		const { status, headers, body } = response;
		const head = entryHead(request, response, this.#settings, this.#now());
		if (head === undefined) {
			if (entry !== undefined && request.method === 'GET' && isFinal(status)) this.#responses.remove(request);
			return response;
		}
		if (request.method === 'HEAD' || status === 204) {
			this.#add(lookup, head, Buffer.alloc(0));
			return response;
		}
		const tee = new TeeBody(body, {
			maxBytes: this.#settings.maxEntryBytes,
			onWhole: (bytes) => this.#add(lookup, head, bytes),
		});
		return { ...response, body: isRedirect(status, headers) ? new RedirectBody(tee) : tee };
	}

	#add({ request, since }: Lookup, head: EntryHead, body: Buffer): void {
		this.#responses.add(request, withBody(head, body), { since, now: this.#now() });
	}

	/** Brings what is stored up to date while a stale response is read (RFC 5861 §3). */
	#refresh(lookup: Lookup, next: Send): void {
		const key = keyOf(lookup.request);
		if (this.#refreshing.has(key)) return;
		this.#refreshing.add(key);
		const request: TransportRequest = {
			...lookup.request,
			// The call that it comes from is over sooner, whatever becomes of it.
			totalAt: performance.now() + lookup.request.timeouts.totalMs,
			signal: undefined,
			onSent: ignore,
			onFinished: ignore,
			onWaited: ignore,
		};
		this.#fetch({ ...lookup, request }, next)
			.then(({ body }) => body.collect({ maxBytes: this.#settings.maxEntryBytes, overflow: 'error' }))
			// Nobody waits for it: the next request will see the failure, or a stale response again.
			.catch(ignore)
			.finally(() => this.#refreshing.delete(key));
	}
}

/** Whether a status says that what is stored is no longer what the URL stands for, and not just that it cannot be had now. */
function isFinal(status: number): boolean {
	return status < 400 || status === 404 || status === 410;
}

function ignore(): void {}
