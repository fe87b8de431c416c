import { rootCertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { HttpClient } from '../../src/http-client.ts';
import type { TlsOptions } from '../../src/tls/tls-options.ts';
import { certificateAuthority, selfSignedCertificate } from '../support/certificate.ts';
import { startHttpsServer } from '../support/https-server.ts';
import { rejection } from '../support/until.ts';

const authority = certificateAuthority();
const trusting = (tls: TlsOptions = {}) => new HttpClient({ retry: false, tls: { ca: authority.cert, ...tls } });

describe('a server is refused', () => {
	it.each([
		['that vouches for itself', selfSignedCertificate(), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
		['whose authority is unknown', certificateAuthority('Other root').issue(), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
		['whose certificate has expired', authority.issue({ fromDays: -9, toDays: -1 }), 'CERT_HAS_EXPIRED'],
		['whose certificate is not yet valid', authority.issue({ fromDays: 1, toDays: 9 }), 'CERT_NOT_YET_VALID'],
		['that has another name', authority.issue({ names: ['shop.example'] }), 'ERR_TLS_CERT_ALTNAME_INVALID'],
	])('%s', async (_name, certified, code) => {
		await using server = await startHttpsServer(certified);
		await using client = trusting();
		const error = await rejection(client.read(server.origin));
		expect(error).toMatchObject({ code: 'ORB_HTTP_TLS', method: 'GET', url: `${server.origin}/`, cause: { code } });
		expect(String(error)).toContain(`GET ${server.origin}/ could not be secured: `);
		expect(server.requests).toEqual([]);
	});

	it('again, when it is asked again', async () => {
		await using server = await startHttpsServer({
			...authority.issue({ names: ['shop.example'] }),
			maxVersion: 'TLSv1.2',
		});
		await using client = trusting();
		for (let i = 0; i < 3; i++)
			expect(await rejection(client.read(server.origin))).toMatchObject({ code: 'ORB_HTTP_TLS' });
		expect(server.requests).toEqual([]);
	});
});

describe('a server is believed', () => {
	it('whose authority is trusted, directly or through another, besides the usual ones', async () => {
		const between = authority.issueAuthority('Between');
		const leaf = between.issue();
		await using server = await startHttpsServer({ ...leaf, cert: leaf.cert + between.cert });
		await using client = trusting({ ca: [...rootCertificates, Buffer.from(authority.cert)] });
		expect((await client.read(server.origin)).body.toString()).toBe('secured');
	});

	it('that vouches for itself, when it is trusted, for the names it holds', async () => {
		const certified = selfSignedCertificate();
		await using server = await startHttpsServer(certified);
		await using client = trusting({ ca: certified.cert });
		expect((await client.read(server.origin)).status).toBe(200);
		expect((await client.read(`https://127.0.0.1:${server.port}`)).status).toBe(200);
		expect(await rejection(client.read(`https://127.0.0.2:${server.port}`))).toMatchObject({
			cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
		});
	});

	it('under the name that was given for it', async () => {
		await using server = await startHttpsServer(authority.issue({ names: ['shop.example'] }));
		await using client = trusting({ servername: 'shop.example' });
		expect((await client.read(`https://127.0.0.1:${server.port}`)).status).toBe(200);
		expect(server.serverNames).toEqual(['shop.example']);
		await using other = trusting({ servername: 'other.example' });
		expect(await rejection(other.read(server.origin))).toMatchObject({ code: 'ORB_HTTP_TLS' });
	});

	it('whoever it is, only when that was asked for by its name', async () => {
		await using server = await startHttpsServer(
			certificateAuthority().issue({ names: ['other'], toDays: -1, fromDays: -2 }),
		);
		await using client = new HttpClient({ tls: { dangerouslyAcceptAnyCertificate: true } });
		expect((await client.read(server.origin)).status).toBe(200);
	});
});

describe('a server that wants to know its client', () => {
	const clients = certificateAuthority('Clients');

	it('sees the certificate', async () => {
		const own = clients.issue();
		await using server = await startHttpsServer({ ...authority.issue(), ca: clients.cert, requestCert: true });
		await using client = trusting({ cert: own.cert, key: own.key });
		expect((await client.read(server.origin)).status).toBe(200);
		expect(server.clients).toEqual(['leaf']);
	});

	it.each([
		['TLSv1.2', 'ORB_HTTP_TLS'],
		['TLSv1.3', 'ORB_HTTP_CONNECT'], // The handshake is over by then, and this server hangs up without a word.
	] as const)('and sees none is an error (%s)', async (maxVersion, code) => {
		await using server = await startHttpsServer({
			...authority.issue(),
			ca: clients.cert,
			requestCert: true,
			maxVersion,
		});
		await using client = trusting();
		expect(await rejection(client.read(server.origin))).toMatchObject({ code });
		expect(server.requests).toEqual([]);
	});
});

describe('versions and ciphers', () => {
	it.each<[string, TlsOptions, object]>([
		['versions', { minVersion: 'TLSv1.3' }, { maxVersion: 'TLSv1.2' }],
		[
			'ciphers',
			{ ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256', maxVersion: 'TLSv1.2' },
			{ ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' },
		],
	])('without common %s there is no connection', async (_name, tls, options) => {
		await using server = await startHttpsServer({ ...authority.issue(), ...options });
		await using client = trusting(tls);
		expect(await rejection(client.read(server.origin))).toMatchObject({ code: 'ORB_HTTP_TLS' });
		await using usual = trusting();
		expect((await usual.read(server.origin)).status).toBe(200);
	});
});
