import { createHash, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { DIGEST_BYTES, parseDigest, uniqueDigests } from '../../../src/download/digest/expected-digest.ts';
import { InvalidRequestError } from '../../../src/errors.ts';

it.each(Object.entries(DIGEST_BYTES))('reads %s in hexadecimal and base64', (algorithm, length) => {
	const bytes = createHash(algorithm).update(randomBytes(8)).digest();
	expect(bytes).toHaveLength(length);
	for (const encoding of ['hex', 'base64', 'base64url'] as const) {
		expect(parseDigest('digest', algorithm, bytes.toString(encoding))).toEqual({ algorithm, bytes });
	}
	expect(parseDigest('digest', algorithm, ` ${bytes.toString('hex').toUpperCase()} `).bytes).toEqual(bytes);
});

it.each([
	['sha256', 'abc'],
	['sha256', 'g'.repeat(64)],
	['sha256', `${'A'.repeat(44)}====`],
	['sha256', Buffer.alloc(31).toString('base64')],
	['sha256', ''],
	['sha256', undefined],
	['md5', 'a'.repeat(64)],
	['crc32', 'aaaaaaaa'],
	['toString', 'aaaaaaaa'],
])('refuses %s %j', (algorithm, value) => {
	expect(() => parseDigest('digest', algorithm, value)).toThrow(InvalidRequestError);
});

it('keeps each digest once', () => {
	const one = parseDigest('sha256', 'sha256', 'a'.repeat(64));
	const other = parseDigest('sha256', 'sha256', 'b'.repeat(64));
	expect(uniqueDigests([one, other, { ...one }])).toEqual([one, other]);
});
