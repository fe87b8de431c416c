import { readFileSync } from 'node:fs';
import { connect, type TLSSocket } from 'node:tls';
import { expect, it, onTestFinished, vi } from 'vitest';
import { tlsConnectionOptions } from '../../src/tls/connection-options.ts';
import { publicKeyPin } from '../../src/tls/pins.ts';
import type { TlsOptions } from '../../src/tls/tls-options.ts';
import { certificateAuthority, selfSignedCertificate } from '../support/certificate.ts';
import { startHttpsServer } from '../support/https-server.ts';
import { rejection } from '../support/until.ts';

const authority = certificateAuthority();
const certified = authority.issue();

/** Shakes hands and hangs up. */
async function greet(port: number, tls: TlsOptions | undefined): Promise<void> {
	const socket: TLSSocket = connect({ port, host: 'localhost', ...tlsConnectionOptions(tls) });
	await new Promise<void>((resolve, reject) => {
		socket.on('secureConnect', resolve);
		socket.on('error', reject);
	}).finally(() => socket.destroy());
}

it('secures any connection of tls.connect', async () => {
	await using server = await startHttpsServer(certified);
	await greet(server.port, { ca: authority.cert, pins: { localhost: [publicKeyPin(certified.cert)] } });
	expect(await rejection(greet(server.port, undefined))).toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
	const pins = [publicKeyPin(selfSignedCertificate().cert)];
	expect(await rejection(greet(server.port, { ca: authority.cert, pins }))).toMatchObject({
		code: 'ERR_TLS_PIN_MISMATCH',
	});
	await greet(server.port, { dangerouslyAcceptAnyCertificate: true });
});

it('does not let the environment switch verification off', async () => {
	vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
	onTestFinished(() => {
		vi.unstubAllEnvs();
	});
	await using server = await startHttpsServer(certified);
	expect(await rejection(greet(server.port, {}))).toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
});

it('shows a certificate from a PKCS #12 file', async () => {
	const pfx = readFileSync(new URL('fixtures/client.p12', import.meta.url));
	await using server = await startHttpsServer({ ...certified, requestCert: true, rejectUnauthorized: false });
	await greet(server.port, { ca: authority.cert, pfx, passphrase: 'secret', maxVersion: 'TLSv1.2' });
	expect(server.clients).toEqual(['Client in a file']);
});
