import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkPins, type PublicKeyPins, pinsByHost, publicKeyPin } from '../../src/tls/pins.ts';
import { certificateAuthority, newKeys, selfSignedCertificate } from '../support/certificate.ts';

const PIN = publicKeyPin(selfSignedCertificate().cert);
const BASE64 = PIN.slice('sha256/'.length);

describe('publicKeyPin', () => {
	it('is the SHA-256 of the SubjectPublicKeyInfo', () => {
		const keys = newKeys();
		const { cert } = certificateAuthority().issue({ keys });
		const digest = createHash('sha256')
			.update(keys.publicKey.export({ type: 'spki', format: 'der' }))
			.digest('base64');
		expect(publicKeyPin(cert)).toBe(`sha256/${digest}`);
	});

	it('stays when a certificate is renewed with the same key, and changes with the key', () => {
		const authority = certificateAuthority();
		const keys = newKeys();
		const pin = publicKeyPin(authority.issue({ keys }).cert);
		expect(publicKeyPin(authority.issue({ keys, toDays: 90 }).cert)).toBe(pin);
		expect(publicKeyPin(authority.issue().cert)).not.toBe(pin);
	});

	it('is that of the first certificate of several, and of a Buffer', () => {
		const authority = certificateAuthority();
		const leaf = authority.issue();
		expect(publicKeyPin(Buffer.from(leaf.cert + authority.cert))).toBe(publicKeyPin(leaf.cert));
	});

	it('refuses what is no certificate', () => {
		expect(() => publicKeyPin(newKeys().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toThrow(
			'publicKeyPin was not given a certificate',
		);
	});
});

describe('checkPins', () => {
	it.each<[string, PublicKeyPins]>([
		['one', [PIN]],
		['as curl writes it', [`sha256//${BASE64}`]],
		['with a slash of its own at the beginning', [`sha256//${BASE64.slice(1)}`]],
		[
			'by host',
			{ 'example.com': [PIN], 'EXAMPLE.org.': [PIN], '127.0.0.1': [PIN], '[::1]': [PIN], 'bücher.example': [PIN] },
		],
	])('accepts %s', (_name, pins) => {
		checkPins(pins);
	});

	it.each<[string, unknown, string]>([
		['another digest', [`sha1/${BASE64}`], 'tls.pins holds "sha1/'],
		['too short a digest', [`sha256/${BASE64.slice(4)}`], 'tls.pins holds "sha256/'],
		['hexadecimal', [`sha256/${'ab'.repeat(32)}`], 'tls.pins holds "sha256/abab'],
		['no string', [5], 'tls.pins holds "5"'],
		['none', [], 'tls.pins is no list of pins'],
		['none for a host', { 'example.com': [] }, 'tls.pins["example.com"] is no list of pins'],
		['a string for a list', { 'example.com': PIN }, 'tls.pins["example.com"] is no list of pins'],
		['a URL', { 'https://example.com': [PIN] }, 'tls.pins names the host "https://example.com"'],
		['a port', { 'example.com:443': [PIN] }, 'tls.pins names the host "example.com:443"'],
	])('refuses %s', (_name, pins, message) => {
		expect(() => checkPins(pins as PublicKeyPins)).toThrow(message);
	});
});

describe('pinsByHost', () => {
	it('has a list for every host', () => {
		expect(pinsByHost([PIN])('anything.example')).toEqual(new Set([PIN]));
	});

	it('has those of the host alone, however it is written', () => {
		const pinsOf = pinsByHost({ 'Example.com': [PIN], '[::1]': [PIN], 'bücher.example': [PIN] });
		for (const host of ['example.com', 'EXAMPLE.COM', 'example.com.', '::1', 'xn--bcher-kva.example']) {
			expect(pinsOf(host), host).toEqual(new Set([PIN]));
		}
		for (const host of ['www.example.com', 'example.org', '::2']) expect(pinsOf(host), host).toBeUndefined();
	});

	it('reads both notations alike', () => {
		const leadingSlash = `sha256//${'A'.repeat(42)}=`; // 44 characters of base64, the first of them a slash
		expect(pinsByHost([`sha256//${BASE64}`, leadingSlash])('a')).toEqual(new Set([PIN, leadingSlash]));
	});
});
