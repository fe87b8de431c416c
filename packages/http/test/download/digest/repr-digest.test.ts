import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseReprDigest } from '../../../src/download/digest/repr-digest.ts';

const sha256 = createHash('sha256').update('x').digest();
const sha512 = createHash('sha512').update('x').digest();
const field256 = `sha-256=:${sha256.toString('base64')}:`;
const field512 = `sha-512=:${sha512.toString('base64')}:`;

const EXPECTED_256 = { algorithm: 'sha256', bytes: sha256 };
const EXPECTED_512 = { algorithm: 'sha512', bytes: sha512 };

it.each([
	[field256, [EXPECTED_256]],
	[`  ${field512}\t,  ${field256} `, [EXPECTED_512, EXPECTED_256]],
	[
		[field256, field512],
		[EXPECTED_256, EXPECTED_512],
	],
	[`md5=:1B2M2Y8AsgTpgAmY7PhCfg==:, ${field256}`, [EXPECTED_256]],
	[`x="a,b=:;\\"";q=0.5, y=?1, z, w=2;a;b=c, ${field256};p=1`, [EXPECTED_256]],
	[`sha-256=:${Buffer.alloc(32).toString('base64')}:, ${field256}`, [EXPECTED_256]],
])('reads %j', (value, digests) => {
	expect(parseReprDigest(value)).toEqual(digests);
});

it.each([
	undefined,
	'',
	`${field256},`,
	`,${field256}`,
	`${field256} ${field512}`,
	`${field256}, "`,
	`sha-256=${sha256.toString('base64')}`,
	`SHA-256=:${sha256.toString('base64')}:`,
	'sha-256=:AAAA:',
	'sha-256',
	'sha-256=:%%:',
])('makes nothing of %j', (value) => {
	expect(parseReprDigest(value)).toEqual([]);
});

it('takes any text, quickly', () => {
	const piece = fc.constantFrom('sha-256', '=', ':', 'AAAA', '"', '\\', ',', ' ', ';', '?1', 'a', '(', '%', '*');
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 400 }), (pieces) => {
			for (const digest of parseReprDigest(pieces.join(''))) expect(digest.bytes).toHaveLength(32);
		}),
	);
});
