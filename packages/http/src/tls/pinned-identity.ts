import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type DetailedPeerCertificate, type PeerCertificate } from 'node:tls';
import { type PublicKeyPins, pinOf, pinsByHost } from './pins.ts';

/** None of the keys that vouch for a server is pinned. */
class PinMismatchError extends Error {
	readonly code = 'ERR_TLS_PIN_MISMATCH';

	constructor(host: string, seen: readonly string[]) {
		super(`no pin for ${host} fits the keys it showed: ${seen.join(', ')}`);
		this.name = 'PinMismatchError';
	}
}

/**
 * Node's own check of the name, then that of the pins. Node asks it for every full handshake, after it has verified the
 * chain; a resumed session skips it, but only a session whose handshake passed it can be resumed.
 */
export function pinnedIdentity(pins: PublicKeyPins): (host: string, certificate: PeerCertificate) => Error | undefined {
	const pinsOf = pinsByHost(pins);
	return (host, certificate) => {
		const failure = checkServerIdentity(host, certificate);
		if (failure !== undefined) return failure;
		const wanted = pinsOf(host);
		if (wanted === undefined) return undefined;
		const seen = vouchingPins(certificate);
		return seen.some((pin) => wanted.has(pin)) ? undefined : new PinMismatchError(host, seen);
	};
}

/**
 * The pins of the server's key and of the keys that signed for it, up to the root. Each signature is verified here: the
 * chain that Node hands over is linked by names alone, so a server could place a pinned certificate of somebody else
 * in it.
 */
function vouchingPins(certificate: PeerCertificate & Partial<DetailedPeerCertificate>): string[] {
	let subject = new X509Certificate(certificate.raw);
	const pins = [pinOf(subject.publicKey)];
	let issuerOf = certificate;
	for (;;) {
		const next = issuerOf.issuerCertificate;
		if (next === undefined || next.fingerprint256 === issuerOf.fingerprint256) return pins; // A root issues itself.
		const issuer = new X509Certificate(next.raw);
		if (!subject.checkIssued(issuer) || !subject.verify(issuer.publicKey)) return pins;
		pins.push(pinOf(issuer.publicKey));
		subject = issuer;
		issuerOf = next;
	}
}
