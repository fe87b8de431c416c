import type { ClientSettings } from './client-options.ts';
import { InvalidRequestError } from './errors.ts';
import { ENVIRONMENT } from './proxy/check-proxy.ts';
import { proxyForUrl } from './proxy/environment.ts';
import { openTunnel } from './proxy/open-tunnel.ts';
import { againstBase } from './resolve-url.ts';
import type { Connectors } from './undici/connectors.ts';
import type { WebSocketContext } from './websocket/websocket-context.ts';

/**
 * What a WebSocket takes over from its client.
 *
 * @throws InvalidRequestError for a client with a transport of its own, which knows nothing of WebSockets: a test that
 * has no network must not find one here.
 */
export function webSocketContext(
	settings: ClientSettings,
	connectors: Connectors,
	ended: AbortSignal,
): WebSocketContext {
	const { baseUrl, headers, timeouts, maxHeaderBytes, auth, cookies, proxy, transport } = settings;
	if (transport !== undefined) {
		throw new InvalidRequestError('connect opens real connections, and this client has a transport instead of them.');
	}
	const proxyOf = (url: URL): string | undefined => (proxy === ENVIRONMENT ? proxyForUrl(url, process.env) : proxy);
	return {
		resolveUrl: (url) => againstBase('GET', url, baseUrl),
		headers,
		timeouts,
		maxHeaderBytes,
		auth,
		authOrigin: baseUrl?.origin,
		cookies,
		tlsOptions: () => connectors.tlsOptions(),
		lookup: connectors.lookup,
		nameFor: connectors.nameFor,
		tunnel(url, signal) {
			const way = proxyOf(url);
			return way === undefined ? undefined : openTunnel(way, url, connectors, signal);
		},
		signal: ended,
	};
}
