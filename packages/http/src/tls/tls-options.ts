import { X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions, type SecureVersion } from 'node:tls';
import { requireKnownNames } from '../check-names.ts';
import { InvalidRequestError } from '../errors.ts';
import { checkPins, type PublicKeyPins } from './pins.ts';

/** How connections are secured. Certificates are verified, for the name in the URL and against Node's own roots. */
export interface TlsOptions {
	/** The roots to trust, in PEM, instead of Node's own; to add to those, list `tls.rootCertificates` with them. */
	readonly ca?: string | Buffer | readonly (string | Buffer)[];
	/** The client's own certificate, and those between it and its root, in PEM: for servers that ask who is calling. */
	readonly cert?: string | Buffer;
	/** The private key of `cert`, in PEM. */
	readonly key?: string | Buffer;
	/** `cert` and `key` as one PKCS #12 file instead. */
	readonly pfx?: Buffer;
	/** Opens `key` or `pfx`. */
	readonly passphrase?: string;
	/** Default TLSv1.2. */
	readonly minVersion?: SecureVersion;
	/** Default TLSv1.3. */
	readonly maxVersion?: SecureVersion;
	/** Cipher suites in OpenSSL's notation. Default: Node's. */
	readonly ciphers?: string;
	/** The name that servers are asked for and must prove, instead of the host in the URL. */
	readonly servername?: string;
	/** Public keys, as `publicKeyPin` writes them, one of which must vouch for the server besides the usual verification. */
	readonly pins?: PublicKeyPins;
	/**
	 * Believes whoever answers: anybody on the way can read and change everything. For a server with a certificate of its
	 * own pass that certificate as `ca` instead. Default false; a warning is emitted once.
	 */
	readonly dangerouslyAcceptAnyCertificate?: boolean;
}

const NAMES: readonly (keyof TlsOptions)[] = [
	'ca',
	'cert',
	'key',
	'pfx',
	'passphrase',
	'minVersion',
	'maxVersion',
	'ciphers',
	'servername',
	'pins',
	'dangerouslyAcceptAnyCertificate',
];

/**
 * Tries the options out, so that a wrong file or passphrase is found before the first request.
 *
 * @throws InvalidRequestError naming the option and what would do.
 */
export function checkTls(options: TlsOptions | undefined): TlsOptions | undefined {
	if (options === undefined) return undefined;
	if (Object.hasOwn(Object(options), 'rejectUnauthorized')) {
		throw new InvalidRequestError(
			'tls.rejectUnauthorized is no option, certificates are verified: pass a certificate of your own as tls.ca, or set ' +
				'tls.dangerouslyAcceptAnyCertificate: true to believe anybody.',
		);
	}
	requireKnownNames('tls', options, NAMES);
	const { ca, cert, key, pfx, passphrase, minVersion, maxVersion, ciphers, pins, servername } = options;
	for (const certificate of [ca ?? []].flat()) checkCertificate('tls.ca', certificate);
	if (cert !== undefined) checkCertificate('tls.cert', cert);
	if ((cert === undefined) !== (key === undefined)) {
		throw new InvalidRequestError('tls.cert and tls.key belong together: pass both, or both as one tls.pfx.');
	}
	tryOut('tls.cert and tls.key do not fit together', 'check the files and tls.passphrase', { cert, key, passphrase });
	tryOut('tls.pfx cannot be opened', 'check the file and tls.passphrase', { pfx, passphrase });
	tryOut(`tls.ciphers is "${ciphers}"`, 'give names of `openssl ciphers`, separated by colons', { ciphers });
	tryOut(
		`tls.minVersion is "${minVersion}" and tls.maxVersion is "${maxVersion}"`,
		'give TLSv1.2 or TLSv1.3, the lower one first',
		{ minVersion, maxVersion },
	);
	if (servername === '') throw new InvalidRequestError('tls.servername is empty: give a host name, or leave it out.');
	if (pins !== undefined) checkPins(pins);
	if (options.dangerouslyAcceptAnyCertificate) acceptAnything(options);
	return options;
}

function checkCertificate(name: string, pem: string | Buffer): void {
	try {
		new X509Certificate(pem);
	} catch (error) {
		throw new InvalidRequestError(
			`${name} is not a certificate: give PEM, its text and not its path.`,
			undefined,
			error,
		);
	}
}

function tryOut(fault: string, remedy: string, options: SecureContextOptions): void {
	if (Object.values(options).every((value) => value === undefined)) return;
	try {
		createSecureContext(options);
	} catch (error) {
		throw new InvalidRequestError(`${fault}: ${remedy} (${(error as Error).message}).`, undefined, error);
	}
}

let warned = false;

function acceptAnything({ pins }: TlsOptions): void {
	if (pins !== undefined) {
		throw new InvalidRequestError(
			'tls.pins cannot hold with tls.dangerouslyAcceptAnyCertificate: pass the certificate of the server as tls.ca instead.',
		);
	}
	if (warned) return;
	warned = true;
	process.emitWarning(
		'tls.dangerouslyAcceptAnyCertificate is set: anybody between this process and a server can read and change everything.',
		{ code: 'ORB_HTTP_TLS_UNVERIFIED' },
	);
}
