import type { LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import type { Auth } from '../auth/auth.ts';
import type { HeaderList } from '../request-headers.ts';
import type { ResponseHeaders } from '../response-headers.ts';
import type { Timeouts } from '../timeouts.ts';

/** A cookie jar as the upgrade needs it. URLs are http(s), because that is what cookies know (RFC 6455 §4.1). */
export interface UpgradeCookies {
	/** The value of `Cookie`, empty for none. */
	getCookieString(url: string): string | Promise<string>;
	setFromResponse(url: string, headers: ResponseHeaders): unknown;
}

/** What a WebSocket takes over from the client it belongs to. */
export interface WebSocketContext {
	/** An absolute URL, relative ones against `baseUrl`. ws(s) and http(s) will do. */
	resolveUrl(url: string | URL): URL;
	/** Sent with the upgrade, unless the connection has a header of the same name. */
	readonly headers: HeaderList;
	readonly timeouts: Timeouts;
	readonly maxHeaderBytes: number;
	readonly auth: Auth | undefined;
	/** The only http(s) origin that `auth` is for; undefined: that of the URL asked for. */
	readonly authOrigin: string | undefined;
	readonly cookies: UpgradeCookies | undefined;
	/** For `wss:`, asked for each connection; make the secure context once. */
	tlsOptions(): ConnectionOptions;
	/** Resolves names, in place of the system's resolver. */
	readonly lookup?: LookupFunction | undefined;
	/** The name to ask `lookup` for: a port may have addresses of its own. */
	readonly nameFor?: ((hostname: string, port: string) => string) | undefined;
	/** A way through a proxy to the host and port of an http(s) URL; undefined means straight ahead. TLS is put on top. */
	readonly tunnel?: ((url: URL, signal: AbortSignal) => Promise<Duplex> | undefined) | undefined;
	/** Fires when the client ends. */
	readonly signal: AbortSignal;
}
