/** Whether a code comes from the verification of a certificate (OpenSSL's X509 names), the handshake or the TLS library. */
export function isTlsCode(code: string): boolean {
	return TLS_CODES.test(code);
}

const TLS_CODES =
	/^(?:ERR_TLS_|ERR_SSL_|EPROTO$|UND_ERR_PRX_TLS$|CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH$|INVALID_(?:CA|PURPOSE)$|PATH_LENGTH_)/;
