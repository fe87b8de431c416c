import { X509Certificate } from 'node:crypto';
import type { PeerCertificate } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { HttpClient } from '../../src/http-client.ts';
import { pinnedIdentity } from '../../src/tls/pinned-identity.ts';
import { publicKeyPin } from '../../src/tls/pins.ts';
import { certificateAuthority, newKeys, selfSignedCertificate } from '../support/certificate.ts';
import { startHttpsServer } from '../support/https-server.ts';
import { rejection } from '../support/until.ts';

const root = certificateAuthority();
const between = root.issueAuthority('Between');
const leaf = between.issue();
const served = { ...leaf, cert: leaf.cert + between.cert };
const STRANGE = publicKeyPin(selfSignedCertificate().cert);

type Pins = NonNullable<NonNullable<ConstructorParameters<typeof HttpClient>[0]>['tls']>['pins'];
const pinned = (pins: Pins & object) => new HttpClient({ retry: false, tls: { ca: root.cert, pins } });

describe('a pin fits', () => {
	it.each([
		['the server', [publicKeyPin(leaf.cert)]],
		['the server, as curl writes it', [publicKeyPin(leaf.cert).replace('/', '//')]],
		['who vouches for it', [publicKeyPin(between.cert)]],
		['the root', [publicKeyPin(root.cert)]],
		['as one of several', [STRANGE, publicKeyPin(leaf.cert)]],
		['the host', { localhost: [publicKeyPin(leaf.cert)], 'shop.example': [STRANGE] }],
		['no pin, for a host that has none', { 'shop.example': [STRANGE] }],
	])('%s', async (_name, pins) => {
		await using server = await startHttpsServer(served);
		await using client = pinned(pins);
		expect((await client.read(server.origin)).body.toString()).toBe('secured');
	});

	it('a renewed certificate with the same key', async () => {
		const keys = newKeys();
		await using client = pinned([publicKeyPin(root.issue({ keys }).cert)]);
		await using server = await startHttpsServer(root.issue({ keys, toDays: 90 }));
		expect((await client.read(server.origin)).status).toBe(200);
	});
});

describe('no pin fits', () => {
	it.each([
		['the client', [STRANGE]],
		['the host', { localhost: [STRANGE] }],
		['the host, written with a dot', { 'LOCALHOST.': [STRANGE] }],
	])('for %s: a TlsError that names the host and what it showed', async (_name, pins) => {
		await using server = await startHttpsServer(served);
		await using client = pinned(pins);
		const error = await rejection(client.read(server.origin));
		expect(error).toMatchObject({ code: 'ORB_HTTP_TLS', cause: { code: 'ERR_TLS_PIN_MISMATCH' } });
		const shown = [leaf, between, root].map(({ cert }) => publicKeyPin(cert)).join(', ');
		expect(String(error)).toContain(`could not be secured: no pin for localhost fits the keys it showed: ${shown}.`);
		expect(server.requests).toEqual([]);
	});

	it('and nobody trusts the certificate: that is said first', async () => {
		await using server = await startHttpsServer(certificateAuthority('Other root').issue());
		await using client = pinned([STRANGE]);
		expect(await rejection(client.read(server.origin))).toMatchObject({
			cause: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
		});
	});

	it('and the certificate holds another name: that is said first', async () => {
		await using server = await startHttpsServer(root.issue({ names: ['shop.example'] }));
		await using client = pinned([STRANGE]);
		expect(await rejection(client.read(server.origin))).toMatchObject({
			cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
		});
	});
});

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('a session of %s', (maxVersion) => {
	it('is resumed where the pin fitted', async () => {
		await using server = await startHttpsServer({ ...served, maxVersion }, false);
		await using client = pinned([publicKeyPin(leaf.cert)]);
		for (let i = 0; i < 3; i++) expect((await client.read(server.origin)).status).toBe(200);
		expect(server.resumed).toBeGreaterThan(0);
	});

	it('is not a way around the pin', async () => {
		await using server = await startHttpsServer({ ...served, maxVersion }, false);
		await using client = pinned([STRANGE]);
		for (let i = 0; i < 4; i++) {
			expect(await rejection(client.read(server.origin))).toMatchObject({ cause: { code: 'ERR_TLS_PIN_MISMATCH' } });
		}
		expect(server.resumed).toBe(0);
		expect(server.requests).toEqual([]);
	});
});

describe('the chain as Node hands it over', () => {
	const peer = (cert: string, issuer?: object) => ({
		subject: { CN: 'leaf' },
		subjectaltname: 'DNS:localhost',
		raw: new X509Certificate(cert).raw,
		fingerprint256: new X509Certificate(cert).fingerprint256,
		...(issuer && { issuerCertificate: issuer }),
	});

	it('is followed as far as the signatures go: a certificate with the right name alone is not in it', () => {
		const impostor = certificateAuthority('Between');
		const theirs = impostor.issue();
		const chain = peer(theirs.cert, peer(between.cert, peer(root.cert))) as unknown as PeerCertificate;
		const check = pinnedIdentity([publicKeyPin(between.cert), publicKeyPin(root.cert)]);
		expect(check('localhost', chain)?.message).toBe(
			`no pin for localhost fits the keys it showed: ${publicKeyPin(theirs.cert)}`,
		);
		const honest = peer(leaf.cert, peer(between.cert, peer(root.cert))) as unknown as PeerCertificate;
		expect(check('localhost', honest)).toBeUndefined();
	});

	it('may end in itself', () => {
		const own = selfSignedCertificate();
		const chain: Record<string, unknown> = peer(own.cert);
		chain.issuerCertificate = chain;
		const check = pinnedIdentity([publicKeyPin(own.cert)]);
		expect(check('localhost', chain as unknown as PeerCertificate)).toBeUndefined();
	});
});
