import { cacheLayer } from '../../../src/cache/cache-layer.ts';
import { cacheSettings, type HttpCacheOptions } from '../../../src/cache/cache-options.ts';
import { mergeHeaders, type RequestHeaders } from '../../../src/request-headers.ts';
import { DEFAULT_TIMEOUTS } from '../../../src/timeouts.ts';
import type { Send, TransportRequest, TransportResponse } from '../../../src/transport/transport.ts';
import { httpSend } from './http-send.ts';

/** A response whose body was read. */
export interface ReadResponse extends TransportResponse {
	readonly text: string;
}

/** A client that is nothing but a cache over node:http, with a clock that stands still. */
export interface CachedClient {
	/** Lets time pass. */
	wait(seconds: number): void;
	/** The response as soon as its headers are there. */
	send(url: string, headers?: RequestHeaders, overrides?: Partial<TransportRequest>): Promise<TransportResponse>;
	/** The response, read to its end. */
	get(url: string, headers?: RequestHeaders, overrides?: Partial<TransportRequest>): Promise<ReadResponse>;
}

export function cachedClient(options: HttpCacheOptions = {}, inner: Send = httpSend): CachedClient {
	const settings = cacheSettings(options);
	if (settings === undefined) throw new Error('There is to be a cache.');
	let now = Date.parse('2026-05-01T12:00:00Z');
	const layer = cacheLayer(
		settings,
		() => now,
	)(async (request) => {
		const response = await inner(request);
		// As if the server answered in no time: ages are then those of the clock alone, on a slow machine too.
		return { ...response, sentAt: response.headersAt };
	});
	const send: CachedClient['send'] = (url, headers, overrides) => layer(transportRequest(url, headers, overrides));
	return {
		wait: (seconds) => {
			now += seconds * 1000;
		},
		send,
		async get(...request) {
			const response = await send(...request);
			const { bytes } = await response.body.collect({ maxBytes: 10_000_000, overflow: 'error' });
			return { ...response, text: bytes.toString() };
		},
	};
}

export function transportRequest(
	url: string,
	headers: RequestHeaders = {},
	overrides: Partial<TransportRequest> = {},
): TransportRequest {
	const { origin, pathname, search } = new URL(url);
	return {
		method: 'GET',
		url,
		origin,
		path: pathname + search,
		headers: mergeHeaders([], headers),
		body: undefined,
		timeouts: DEFAULT_TIMEOUTS,
		totalAt: Number.POSITIVE_INFINITY,
		totalIsOwn: false,
		maxHeaderBytes: 16_384,
		maxStreamBytes: Number.POSITIVE_INFINITY,
		decode: true,
		proxy: undefined,
		signal: undefined,
		onSent: () => undefined,
		onFinished: () => undefined,
		...overrides,
	};
}
