import { expect, it } from 'vitest';
import { isTlsCode } from '../../src/tls/tls-codes.ts';

it.each([
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'CERT_SIGNATURE_FAILURE',
	'CRL_HAS_EXPIRED',
	'HOSTNAME_MISMATCH',
	'INVALID_CA',
	'PATH_LENGTH_EXCEEDED',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'ERR_TLS_PIN_MISMATCH',
	'ERR_SSL_WRONG_VERSION_NUMBER',
	'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
	'EPROTO',
	'UND_ERR_PRX_TLS',
])('%s is one', (code) => {
	expect(isTlsCode(code)).toBe(true);
});

it.each(['', 'ECONNRESET', 'ENOTFOUND', 'UND_ERR_SOCKET', 'EPROTONOSUPPORT', 'ERR_HTTP2_ERROR', 'ORB_PROXY'])(
	'"%s" is none',
	(code) => {
		expect(isTlsCode(code)).toBe(false);
	},
);
