import { expect, it } from 'vitest';
import { blaming, ProxyFailure } from '../../src/proxy/proxy-failure.ts';
import type { Connector } from '../../src/undici/connector.ts';

/** What comes of a connection through the proxy that fails with `error`. */
function blamed(error: Error): unknown {
	const outcome: unknown[] = [];
	const connect: Connector = (_options, callback) => callback(error, null);
	const target = { protocol: 'http:', hostname: 'proxy.example', port: '3128' };
	blaming('http://user:secret@proxy.example:3128/', connect)(target, (failure, _socket) => {
		outcome.push(failure);
	});
	return outcome[0];
}

const withCode = (code: string): Error => Object.assign(new Error('why'), { code });

it('says which proxy, and keeps the cause', () => {
	const cause = withCode('ECONNREFUSED');
	const failure = blamed(cause);
	expect(failure).toBeInstanceOf(ProxyFailure);
	expect(failure).toMatchObject({
		code: 'ORB_PROXY',
		message: 'the proxy http://proxy.example:3128 opened no way: why',
		cause,
	});
});

it.each(['ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'])(
	'leaves %s as it is',
	(code) => {
		const error = withCode(code);
		expect(blamed(error)).toBe(error);
	},
);

it('blames once', () => {
	const error = new ProxyFailure('socks5://proxy.example', 'opened no way: why');
	expect(blamed(error)).toBe(error);
});
