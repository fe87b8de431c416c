import { isTlsCode } from '../tls/tls-codes.ts';
import type { Connector } from '../undici/connector.ts';
import { proxyName } from './proxy-url.ts';

/** A proxy could not be reached, or would not open a way. The message names it, without its password. */
export class ProxyFailure extends Error {
	/** `ORB_PROXY_CREDENTIALS` when it wants other credentials. */
	readonly code: 'ORB_PROXY' | 'ORB_PROXY_CREDENTIALS';

	constructor(proxy: string, detail: string, cause?: unknown, code: ProxyFailure['code'] = 'ORB_PROXY') {
		super(`the proxy ${proxyName(proxy)} ${detail}`, cause === undefined ? undefined : { cause });
		this.name = 'ProxyFailure';
		this.code = code;
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
			else callback(isTheirs(error) ? error : failureOf(proxy, error), null);
		});
		return connecting;
	};
}

function failureOf(proxy: string, error: Error): ProxyFailure {
	// undici (8.12) tells the status in the message only.
	const code = error.message.includes('(407)') ? 'ORB_PROXY_CREDENTIALS' : 'ORB_PROXY';
	return new ProxyFailure(proxy, `opened no way: ${error.message}`, error, code);
}

function isTheirs(error: Error): boolean {
	const code = 'code' in error ? String(error.code) : '';
	return error instanceof ProxyFailure || isTlsCode(code) || code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT';
}
