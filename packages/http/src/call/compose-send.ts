import { cacheLayer } from '../cache/cache-layer.ts';
import type { ClientSettings } from '../client-options.ts';
import { cookieLayer } from '../cookies/cookie-layer.ts';
import type { Observer } from '../events/observer.ts';
import { observerLayer, tellingCached } from '../events/observer-layer.ts';
import type { SlotQueue } from '../limits/slot-queue.ts';
import type { Send, Transport } from '../transport/transport.ts';
import { slotLayer } from './slot-layer.ts';

/** What the layers of a client are made of. */
export interface SendParts {
	readonly transport: Transport;
	readonly slots: SlotQueue;
	readonly observer: Observer;
	readonly settings: Pick<ClientSettings, 'cache' | 'cookies'>;
}

/**
 * The layers between a call and its transport, from the inside out: who watches sees what is really sent; a slot is held
 * by that alone, so that an answer from the cache takes none; the cache sees the cookies, for `Vary`.
 */
export function composeSend({ transport, slots, observer, settings }: SendParts): Send {
	const { cache, cookies } = settings;
	let send: Send = slotLayer(slots)(observerLayer(observer)((request) => transport.send(request)));
	if (cache !== undefined) send = tellingCached(observer, cacheLayer(cache)(send));
	if (cookies !== undefined) send = cookieLayer(cookies)(send);
	return send;
}
