import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { publicKeyPin } from '../../src/tls/pins.ts';
import { checkTls, type TlsOptions } from '../../src/tls/tls-options.ts';
import { certificateAuthority } from '../support/certificate.ts';

const authority = certificateAuthority();
const { cert, key } = authority.issue();
const pfx = readFileSync(new URL('fixtures/client.p12', import.meta.url));
const encrypted = createPrivateKey(key)
	.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
	.toString();

describe('checkTls', () => {
	it.each<[string, TlsOptions | undefined]>([
		['nothing', undefined],
		['no option', {}],
		['a root', { ca: authority.cert }],
		['several roots', { ca: [authority.cert, Buffer.from(cert)] }],
		['a certificate and its key', { cert, key }],
		['an encrypted key', { cert, key: encrypted, passphrase: 'secret' }],
		['both in one file', { pfx, passphrase: 'secret' }],
		['versions', { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' }],
		['ciphers', { ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256:TLS_AES_128_GCM_SHA256' }],
		['pins', { pins: [publicKeyPin(cert)] }],
	])('takes %s', (_name, options) => {
		expect(checkTls(options)).toBe(options);
	});

	it.each<[string, unknown, string]>([
		['a misspelt option', { cas: cert }, 'tls has no option "cas": did you mean "ca"'],
		[
			'a path for a root',
			{ ca: '/etc/ssl/root.pem' },
			'tls.ca is not a certificate: give PEM, its text and not its path.',
		],
		['one wrong root of several', { ca: [cert, 'x'] }, 'tls.ca is not a certificate'],
		['a key for a certificate', { cert: key, key }, 'tls.cert is not a certificate'],
		['a certificate without its key', { cert }, 'tls.cert and tls.key belong together'],
		['a key alone', { key }, 'tls.cert and tls.key belong together'],
		['the key of another certificate', { cert, key: authority.key }, 'tls.cert and tls.key do not fit together'],
		['a wrong passphrase', { cert, key: encrypted, passphrase: 'sesame' }, 'tls.cert and tls.key do not fit together'],
		['a file with a wrong passphrase', { pfx, passphrase: 'sesame' }, 'tls.pfx cannot be opened'],
		['an unknown version', { minVersion: 'TLSv9' }, 'tls.minVersion is "TLSv9"'],
		['unknown ciphers', { ciphers: 'ROT13' }, 'tls.ciphers is "ROT13"'],
		['an empty name', { servername: '' }, 'tls.servername is empty'],
		['a wrong pin', { pins: ['sha256/x'] }, 'tls.pins holds "sha256/x"'],
		[
			'the old switch',
			{ rejectUnauthorized: false },
			'set tls.dangerouslyAcceptAnyCertificate: true to believe anybody',
		],
		['the old switch turned on', { rejectUnauthorized: true }, 'tls.rejectUnauthorized is no option'],
		[
			'pins of anybody',
			{ dangerouslyAcceptAnyCertificate: true, pins: [publicKeyPin(cert)] },
			'pass the certificate of the server as tls.ca instead',
		],
	])('refuses %s', (_name, options, message) => {
		let thrown: unknown;
		try {
			checkTls(options as TlsOptions);
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toMatchObject({ code: 'ORB_HTTP_INVALID_REQUEST' });
		expect(String(thrown)).toContain(message);
		expect(String(thrown)).not.toMatch(/sesame|secret|PRIVATE KEY/);
	});
});

it('believing anybody is warned of, once', async () => {
	const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
	onTestFinished(() => emitWarning.mockRestore());
	// Once in a process: other tests may have been warned already.
	vi.resetModules();
	const { checkTls } = await import('../../src/tls/tls-options.ts');
	for (let i = 0; i < 3; i++) checkTls({ dangerouslyAcceptAnyCertificate: true });
	checkTls({ dangerouslyAcceptAnyCertificate: false });
	expect(emitWarning.mock.calls).toEqual([
		[expect.stringContaining('tls.dangerouslyAcceptAnyCertificate is set'), { code: 'ORB_HTTP_TLS_UNVERIFIED' }],
	]);
});
