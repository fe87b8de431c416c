import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { InvalidRequestError } from '../errors.ts';

/** Pins for every host of the client, or for some by name. */
export type PublicKeyPins = readonly string[] | Readonly<Record<string, readonly string[]>>;

/** `sha256/` and 32 bytes in base64 (RFC 7469 §2.4); curl writes a second slash. */
const PIN = /^sha256\/\/?([A-Za-z0-9+/]{43}=)$/;

/**
 * The pin of the key in a certificate (the first one, if the PEM holds several): `sha256/` and the SHA-256 of its
 * SubjectPublicKeyInfo in base64, the notation of RFC 7469. It stays the same when the certificate is renewed with the
 * same key.
 *
 * @throws InvalidRequestError when it is not a certificate.
 */
export function publicKeyPin(certificatePem: string | Buffer): string {
	let certificate: X509Certificate;
	try {
		certificate = new X509Certificate(certificatePem);
	} catch (error) {
		throw new InvalidRequestError('publicKeyPin was not given a certificate: give its PEM text.', undefined, error);
	}
	return pinOf(certificate.publicKey);
}

/** The pin of a public key. */
export function pinOf(key: KeyObject): string {
	return `sha256/${createHash('sha256')
		.update(key.export({ type: 'spki', format: 'der' }))
		.digest('base64')}`;
}

/** @throws InvalidRequestError naming the pin that cannot be one. */
export function checkPins(pins: PublicKeyPins): void {
	const lists: [string, readonly string[]][] = isList(pins)
		? [['tls.pins', pins]]
		: Object.entries(pins).map(([host, list]) => [`tls.pins["${checkedHost(host)}"]`, list]);
	for (const [name, list] of lists) {
		if (!Array.isArray(list) || list.length === 0) {
			throw new InvalidRequestError(`${name} is no list of pins: give one or more, or leave it out.`);
		}
		for (const pin of list) {
			if (typeof pin === 'string' && PIN.test(pin)) continue;
			throw new InvalidRequestError(
				`${name} holds "${String(pin)}": give sha256/ and 44 characters of base64, as publicKeyPin(certificate) does.`,
			);
		}
	}
}

/** Finds the pins one of which a host must show, in the notation of RFC 7469; `undefined` where it needs none. */
export function pinsByHost(pins: PublicKeyPins): (host: string) => ReadonlySet<string> | undefined {
	if (isList(pins)) {
		const all = pinSet(pins);
		return () => all;
	}
	const byHost = new Map(Object.entries(pins).map(([host, list]) => [plainHost(host), pinSet(list)]));
	return (host) => byHost.get(plainHost(host));
}

function pinSet(pins: readonly string[]): ReadonlySet<string> {
	return new Set(pins.map((pin) => pin.replace(PIN, 'sha256/$1')));
}

function checkedHost(host: string): string {
	if (/^[^/?#@\s]+$/.test(host) && (isIPv6(bare(host)) || !host.includes(':')) && plainHost(host) !== undefined)
		return host;
	throw new InvalidRequestError(`tls.pins names the host "${host}": give a host name alone, such as example.com.`);
}

/** As hosts are compared: `Example.com.` and `example.com` are one, and so are both ways to write an umlaut. */
function plainHost(host: string): string | undefined {
	const url = URL.parse(`https://${isIPv6(bare(host)) ? `[${bare(host)}]` : host}`);
	return url?.hostname.replace(/\.$/, '');
}

function bare(host: string): string {
	return host.replace(/^\[(.*)\]$/, '$1');
}

function isList(pins: PublicKeyPins): pins is readonly string[] {
	return Array.isArray(pins);
}
