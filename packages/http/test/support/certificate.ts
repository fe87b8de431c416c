import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate and its private key, both in PEM. */
export interface Certified {
	readonly key: string;
	readonly cert: string;
}

/** Who vouches for certificates. */
export interface Authority extends Certified {
	/** A certificate for a server or a client. */
	issue(options?: CertificateOptions): Certified;
	/** Another authority that this one vouches for. */
	issueAuthority(name: string): Authority;
}

interface CertificateOptions {
	/** Host names and IPv4 addresses. Default localhost and 127.0.0.1. */
	readonly names?: readonly string[];
	/** When its validity begins and ends, in days from now. Default -1 and 1. */
	readonly fromDays?: number;
	readonly toDays?: number;
	/** A key pair that exists already, as at a renewal. */
	readonly keys?: Keys;
}

interface Keys {
	readonly privateKey: KeyObject;
	readonly publicKey: KeyObject;
}

/** A new key pair. */
export function newKeys(): Keys {
	return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** A certificate for localhost and 127.0.0.1 that vouches for itself, valid today, made from scratch (RFC 5280). */
export function selfSignedCertificate(): Certified {
	const keys = newKeys();
	return certified(keys, { subject: 'localhost', issuer: 'localhost', issuerKey: keys.privateKey, isAuthority: false });
}

/** A root of its own, which clients trust when they are given its certificate. */
export function certificateAuthority(name = 'Test root'): Authority {
	const keys = newKeys();
	return authority(
		name,
		keys,
		certified(keys, { subject: name, issuer: name, issuerKey: keys.privateKey, isAuthority: true }),
	);
}

function authority(name: string, keys: Keys, own: Certified): Authority {
	const issuer = { issuer: name, issuerKey: keys.privateKey };
	return {
		...own,
		issue: (options = {}) =>
			certified(options.keys ?? newKeys(), { ...options, ...issuer, subject: 'leaf', isAuthority: false }),
		issueAuthority: (subject) => {
			const subjectKeys = newKeys();
			return authority(subject, subjectKeys, certified(subjectKeys, { ...issuer, subject, isAuthority: true }));
		},
	};
}

interface Contents extends CertificateOptions {
	readonly subject: string;
	readonly issuer: string;
	readonly issuerKey: KeyObject;
	readonly isAuthority: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

function certified(keys: Keys, contents: Contents): Certified {
	const { names = ['localhost', '127.0.0.1'], fromDays = -1, toDays = 1 } = contents;
	const signatureAlgorithm = der(TAG.sequence, ECDSA_WITH_SHA256);
	const alternativeNames = names.map((name) =>
		isIPv4(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, name),
	);
	const extension = contents.isAuthority
		? der(TAG.sequence, BASIC_CONSTRAINTS, TRUE, der(TAG.octetString, der(TAG.sequence, TRUE)))
		: der(TAG.sequence, SUBJECT_ALTERNATIVE_NAME, der(TAG.octetString, der(TAG.sequence, ...alternativeNames)));
	const body = der(
		TAG.sequence,
		der(0xa0, der(TAG.integer, Buffer.from([2]))), // version 3
		der(TAG.integer, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
		signatureAlgorithm,
		distinguishedName(contents.issuer),
		der(TAG.sequence, utcTime(Date.now() + fromDays * DAY_MS), utcTime(Date.now() + toDays * DAY_MS)),
		distinguishedName(contents.subject),
		keys.publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, der(TAG.sequence, extension)),
	);
	const signature = der(TAG.bitString, Buffer.from([0]), sign('sha256', body, contents.issuerKey));
	const certificate = der(TAG.sequence, body, signatureAlgorithm, signature).toString('base64');
	return {
		key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
	};
}

function distinguishedName(name: string): Buffer {
	return der(TAG.sequence, der(TAG.set, der(TAG.sequence, COMMON_NAME, der(TAG.utf8String, name))));
}

const TAG = {
	integer: 0x02,
	bitString: 0x03,
	octetString: 0x04,
	utf8String: 0x0c,
	utcTime: 0x17,
	sequence: 0x30,
	set: 0x31,
};

const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const SUBJECT_ALTERNATIVE_NAME = Buffer.from('0603551d11', 'hex');
const BASIC_CONSTRAINTS = Buffer.from('0603551d13', 'hex');
const TRUE = Buffer.from('0101ff', 'hex');

/** One element of DER: tag, length, contents. */
function der(tag: number, ...contents: (string | Buffer)[]): Buffer {
	const body = Buffer.concat(contents.map((item) => (typeof item === 'string' ? Buffer.from(item) : item)));
	if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
	if (body.length < 0x100) return Buffer.concat([Buffer.from([tag, 0x81, body.length]), body]);
	return Buffer.concat([Buffer.from([tag, 0x82, body.length >> 8, body.length & 0xff]), body]);
}

function utcTime(time: number): Buffer {
	const digits = new Date(time).toISOString().replace(/[-:T]/g, '').slice(2, 14);
	return der(TAG.utcTime, `${digits}Z`);
}
