import { type ConnectionOptions, createSecureContext } from 'node:tls';
import { pinnedIdentity } from './pinned-identity.ts';
import type { TlsOptions } from './tls-options.ts';

/** The options of `tls.connect` that say how a connection is secured. */
export type TlsConnectionOptions = Pick<
	ConnectionOptions,
	'secureContext' | 'rejectUnauthorized' | 'servername' | 'checkServerIdentity'
>;

/**
 * What `tls.connect` needs to know. It costs milliseconds, for the root certificates are read: make it once and use it
 * for every connection.
 */
export function tlsConnectionOptions(tls: TlsOptions = {}): TlsConnectionOptions {
	const { ca, cert, key, pfx, passphrase, minVersion, maxVersion, ciphers, servername, pins } = tls;
	return {
		secureContext: createSecureContext({
			ca: Array.isArray(ca) ? [...ca] : (ca as string | Buffer | undefined),
			cert,
			key,
			pfx,
			passphrase,
			minVersion,
			maxVersion,
			ciphers,
		}),
		// Said even where it is the default, which NODE_TLS_REJECT_UNAUTHORIZED=0 would change.
		rejectUnauthorized: tls.dangerouslyAcceptAnyCertificate !== true,
		...(servername === undefined ? undefined : { servername }),
		...(pins === undefined ? undefined : { checkServerIdentity: pinnedIdentity(pins) }),
	};
}
