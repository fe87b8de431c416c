import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate for localhost and 127.0.0.1 that vouches for itself, valid today, made from scratch (RFC 5280). */
export function selfSignedCertificate(): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const day = 24 * 60 * 60 * 1_000;
	const signatureAlgorithm = der(TAG.sequence, ECDSA_WITH_SHA256);
	const name = der(TAG.sequence, der(TAG.set, der(TAG.sequence, COMMON_NAME, der(TAG.utf8String, 'localhost'))));
	const alternativeNames = der(TAG.sequence, der(0x82, 'localhost'), der(0x87, Buffer.from([127, 0, 0, 1])));
	const body = der(
		TAG.sequence,
		der(0xa0, der(TAG.integer, Buffer.from([2]))), // version 3
		der(TAG.integer, Buffer.from([1])),
		signatureAlgorithm,
		name,
		der(TAG.sequence, utcTime(Date.now() - day), utcTime(Date.now() + day)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, der(TAG.sequence, der(TAG.sequence, SUBJECT_ALTERNATIVE_NAME, der(TAG.octetString, alternativeNames)))),
	);
	const signature = sign('sha256', body, privateKey);
	const certificate = der(
		TAG.sequence,
		body,
		signatureAlgorithm,
		der(TAG.bitString, Buffer.from([0]), signature),
	).toString('base64');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
	};
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
