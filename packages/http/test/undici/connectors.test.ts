import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { describe, expect, it } from 'vitest';
import { HttpClient } from '../../src/http-client.ts';
import { Connectors, portOf } from '../../src/undici/connectors.ts';
import { certificateAuthority } from '../support/certificate.ts';
import { startHttpsServer } from '../support/https-server.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';

const authority = certificateAuthority();

/** A resolver that knows one answer and counts. */
function counting(addresses: readonly LookupAddress[] | Error): { lookup: LookupFunction; asked: string[] } {
	const asked: string[] = [];
	const lookup: LookupFunction = (hostname, _options, callback) => {
		asked.push(hostname);
		if (addresses instanceof Error) callback(addresses, '');
		else callback(null, [...addresses]);
	};
	return { lookup, asked };
}

describe('names', () => {
	it('are asked for once, however many connections there are; Host stays the name', async () => {
		await using server = await startRawServer((socket) => socket.end(response('page', 'Connection: close\r\n')));
		const { lookup, asked } = counting([{ address: '127.0.0.1', family: 4 }]);
		await using client = new HttpClient({ dns: { lookup } });
		const url = `http://shop.example:${server.port}/`;
		for (let i = 0; i < 2; i++) await Promise.all(Array.from({ length: 10 }, () => client.read(url)));
		expect(server.accepted).toBe(20);
		expect(asked).toEqual(['shop.example']);
		for (const head of server.requests)
			expect(head).toMatch(new RegExp(`\r\nhost: shop.example:${server.port}\r\n`, 'i'));
	});

	it('are asked for anew by each connection where caching is off', async () => {
		await using server = await startRawServer((socket) => socket.end(response('page', 'Connection: close\r\n')));
		const { lookup, asked } = counting([{ address: '127.0.0.1', family: 4 }]);
		await using client = new HttpClient({ dns: { lookup, ttlMs: 0 } });
		for (let i = 0; i < 3; i++) await client.read(`http://shop.example:${server.port}/`);
		expect(asked).toHaveLength(3);
		await using plain = new HttpClient({ dns: false });
		expect((await plain.read(`http://localhost:${server.port}/`)).status).toBe(200);
	});

	it('with several addresses are tried until one connects', async () => {
		await using server = await startRawServer((socket) => socket.write(response('page')));
		const hosts = { 'shop.example': ['::1', '127.0.0.1'] };
		await using client = new HttpClient({ dns: { hosts } });
		expect((await client.read(`http://shop.example:${server.port}/`)).body.toString()).toBe('page');
	});

	it('may have an address for one port alone', async () => {
		await using special = await startRawServer((socket) => socket.write(response('special')));
		await using usual = await startRawServer((socket) => socket.write(response('usual')), { host: '127.0.0.2' });
		const hosts = { 'shop.example': '127.0.0.2', [`shop.example:${special.port}`]: '127.0.0.1' };
		await using client = new HttpClient({ dns: { hosts } });
		expect((await client.read(`http://shop.example:${special.port}/`)).body.toString()).toBe('special');
		expect((await client.read(`http://shop.example:${usual.port}/`)).body.toString()).toBe('usual');
	});

	it('are what the certificate is verified for, with a fixed address too', async () => {
		await using server = await startHttpsServer(authority.issue({ names: ['shop.example'] }));
		const hosts = { [`shop.example:${server.port}`]: '127.0.0.1', 'other.example': '127.0.0.1' };
		await using client = new HttpClient({ dns: { hosts }, tls: { ca: authority.cert }, retry: false });
		expect((await client.read(`https://shop.example:${server.port}/`)).body.toString()).toBe('secured');
		expect(server.serverNames).toEqual(['shop.example']);
		expect(server.requests).toEqual([`shop.example:${server.port} /`]);
		expect(await rejection(client.read(`https://other.example:${server.port}/`))).toMatchObject({
			cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
		});
	});

	it('that nobody answers for are waited for within connectMs', async () => {
		await using client = new HttpClient({
			dns: { lookup: () => undefined },
			timeouts: { connectMs: 50 },
			retry: false,
		});
		const error = await rejection(client.read('https://shop.example/'));
		expect(error).toMatchObject({ code: 'ORB_HTTP_TIMEOUT', phase: 'connect' });
		await until(() => client.stats.pools === 0);
	});

	it('that cannot be resolved are a ConnectError, asked for once by many', async () => {
		const { lookup, asked } = counting(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
		await using client = new HttpClient({ dns: { lookup }, retry: false });
		const errors = await Promise.all(
			Array.from({ length: 20 }, (_, i) => rejection(client.read(`https://shop.invalid/${i}`))),
		);
		for (const error of errors) expect(error).toMatchObject({ code: 'ORB_HTTP_CONNECT', reason: 'dns' });
		expect(asked).toEqual(['shop.invalid']);
	});
});

it('TLS sessions are resumed, on whatever port of a name', async () => {
	await using server = await startHttpsServer(authority.issue(), false);
	await using client = new HttpClient({ tls: { ca: authority.cert } });
	for (let i = 0; i < 4; i++) await client.read(server.origin);
	expect(server.serverNames).toHaveLength(4);
	expect(server.resumed).toBeGreaterThan(0);
});

it('addresses are found without a cache, too', async () => {
	const connectors = new Connectors({ tls: undefined, dns: undefined, http2: false });
	expect(await connectors.addresses('127.0.0.1', '80')).toEqual([{ address: '127.0.0.1', family: 4 }]);
	expect((await connectors.addresses('localhost', '80')).length).toBeGreaterThan(0);
});

it('a port that is not said is that of the scheme', () => {
	expect(portOf({ protocol: 'https:', port: '' })).toBe('443');
	expect(portOf({ protocol: 'http:', port: '' })).toBe('80');
	expect(portOf({ protocol: 'https:', port: '8443' })).toBe('8443');
});
