import type { CacheSettings } from '../cache/cache-options.ts';
import type { ClientSettings } from '../client-options.ts';
import { cookieLayer } from '../cookies/cookie-layer.ts';
import type { Observer } from '../events/observer.ts';
import { observerLayer, tellingCached } from '../events/observer-layer.ts';
import type { SlotQueue } from '../limits/slot-queue.ts';
import type { Send, Transport } from '../transport/transport.ts';
import { endingLayer } from './ending-layer.ts';
import { slotLayer } from './slot-layer.ts';

/** What the layers of a client are made of. */
export interface SendParts {
	readonly transport: Transport;
	readonly slots: SlotQueue;
	readonly observer: Observer;
	readonly settings: Pick<ClientSettings, 'cache' | 'cookies' | 'transport'>;
	/** Fires when the client is destroyed. */
	readonly ended: AbortSignal;
}

/**
 * The layers between a call and its transport, from the inside out: who watches sees what is really sent; a slot is held
 * by that alone, so that an answer from the cache takes none; the cache sees the cookies, for `Vary`.
 */
export function composeSend({ transport, slots, observer, settings, ended }: SendParts): Send {
	const { cache, cookies } = settings;
	let send: Send = (request) => transport.send(request);
	if (settings.transport !== undefined) send = endingLayer(ended)(send);
	send = slotLayer(slots)(observerLayer(observer)(send));
	if (cache !== undefined) send = tellingCached(observer, cached(cache, send));
	if (cookies !== undefined) send = cookieLayer(cookies)(send);
	return send;
}

/** The cache is loaded with the first request, so that a client without one starts without it. */
function cached(settings: CacheSettings, next: Send): Send {
	let send: Promise<Send> | undefined;
	return async (request) => {
		send ??= import('../cache/cache-layer.ts').then(({ cacheLayer }) => cacheLayer(settings)(next));
		return await (await send)(request);
	};
}
