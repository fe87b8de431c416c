import { isTlsCode } from '../tls/tls-codes.ts';
import type { Connector } from '../undici/connector.ts';
import { proxyName } from './proxy-url.ts';

/** A proxy could not be reached, or would not open a way. The message names it, without its password. */
export class ProxyFailure extends Error {
	readonly code = 'ORB_PROXY';

	constructor(proxy: string, detail: string, cause?: unknown) {
		super(`the proxy ${proxyName(proxy)} ${detail}`, cause === undefined ? undefined : { cause });
		this.name = 'ProxyFailure';
	}
}

/**
 * `connect` with failures that name the proxy: `ECONNREFUSED` alone would read as if the server had refused. Those of
 * TLS and of time have errors of their own.
 */
export function blaming(proxy: string, connect: Connector): Connector {
	return (options, callback) => {
		const connecting: unknown = connect(options, (error, socket) => {
			if (error === null) callback(null, socket);
			else callback(isTheirs(error) ? error : new ProxyFailure(proxy, `opened no way: ${error.message}`, error), null);
		});
		return connecting;
	};
}

function isTheirs(error: Error): boolean {
	const code = 'code' in error ? String(error.code) : '';
	return error instanceof ProxyFailure || isTlsCode(code) || code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT';
}
