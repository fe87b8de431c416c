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

/** The failure for a 407. */
export function wrongCredentials(proxy: string, cause?: unknown): ProxyFailure {
	const detail = 'opened no way: it asks for other credentials (407). Give user name and password in its URL.';
	return new ProxyFailure(proxy, detail, cause, 'ORB_PROXY_CREDENTIALS');
}

function failureOf(proxy: string, error: Error): ProxyFailure {
	// undici (8.12) tells the status in the message only.
	if (error.message.includes('(407)')) return wrongCredentials(proxy, error);
	return new ProxyFailure(proxy, `opened no way: ${error.message}`, error);
}

function isTheirs(error: Error): boolean {
	const code = 'code' in error ? String(error.code) : '';
	return error instanceof ProxyFailure || isTlsCode(code) || code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT';
}
