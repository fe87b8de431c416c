import type { ResponseHeaders } from '../response-headers.ts';

/** A request that wants credentials. */
export interface AuthRequest {
	readonly method: string;
	/** Absolute, without credentials. */
	readonly url: string;
	/** Path and query as they go into the request line. */
	readonly path: string;
	/** The body where it is known as a whole, because a digest may cover it: empty without one, `undefined` for a stream. */
	readonly body: string | Uint8Array | undefined;
	/** Ends the request. The client stops waiting by itself; what several requests share must go on. */
	readonly signal: AbortSignal | undefined;
}

/** A 401 answer. */
export interface AuthChallenge {
	readonly headers: ResponseHeaders;
	/** The `Authorization` that was refused; `undefined` when there was none. */
	readonly authorization: string | undefined;
}

/**
 * Puts credentials on requests: `bearerAuth`, `basicAuth`, `digestAuth`, or one of your own.
 *
 * One object serves all requests of a client at the same time. The client asks it only for the origin it belongs to:
 * that of `baseUrl` where there is one, else that of the URL that was called; never after a redirect to another.
 */
export interface Auth {
	/** The value of `Authorization`; `undefined` sends none. Called for each attempt and each redirect. */
	authorize(request: AuthRequest): string | undefined | Promise<string | undefined>;
	/**
	 * Called when a request was answered 401, at most once for each request. True: `authorize` has something new to
	 * offer, send the request once more.
	 */
	renew?(request: AuthRequest, challenge: AuthChallenge): boolean | Promise<boolean>;
	/**
	 * Whether `authorization`, which `authorize` gave before, is still good. Asked about a request that had to wait for its
	 * turn; if it is not, `authorize` is called again. Without this function it is taken to be good.
	 */
	isCurrent?(authorization: string): boolean;
}
