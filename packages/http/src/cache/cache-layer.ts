import type { Send } from '../transport/transport.ts';
import type { CacheSettings } from './cache-options.ts';
import { HttpCache } from './http-cache.ts';

/**
 * A client's cache, as a layer around what sends (RFC 9111, RFC 5861). What it answers takes no slot and no connection.
 *
 * Requests for the same URL at the same time are not put together: until the first response is read to its end there is
 * nothing to answer the others with.
 *
 * @param now the time in milliseconds since the epoch.
 */
export function cacheLayer(settings: CacheSettings, now: () => number = Date.now): (next: Send) => Send {
	const cache = new HttpCache(settings, now);
	return (next) => (request) => cache.send(request, next);
}
