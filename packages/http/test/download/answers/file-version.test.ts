import { describe, expect, it } from 'vitest';
import { announcedSize, isEncoded, isResumable, versionOf } from '../../../src/download/answers/file-version.ts';

const GOOD = { etag: '"1"', 'content-length': '10' };

describe('isResumable', () => {
	it.each([
		['a strong tag and a length', GOOD, true],
		['ranges', { ...GOOD, 'accept-ranges': 'Bytes' }, true],
		['no ranges', { ...GOOD, 'accept-ranges': 'none' }, false],
		['a weak tag', { ...GOOD, etag: 'W/"1"' }, false],
		['no tag', { 'content-length': '10' }, false],
		['no length', { etag: '"1"' }, false],
		['chunks', { ...GOOD, 'transfer-encoding': 'chunked' }, false],
		['a coding', { ...GOOD, 'content-encoding': 'gzip' }, false],
	])('with %s', (_name, headers, resumable) => {
		expect(isResumable(versionOf({ status: 200, headers }))).toBe(resumable);
	});

	it('not when a proxy has changed the file, whose validator is that of the original', () => {
		const version = versionOf({ status: 203, headers: GOOD });
		expect(version).toMatchObject({ encoded: true, validator: undefined });
		expect(isResumable(version)).toBe(false);
	});
});

it.each([
	['identity', false],
	['', false],
	['identity, identity', false],
	['gzip', true],
	['identity, br', true],
	['X-GZIP', true],
])('the coding "%s"', (coding, encoded) => {
	expect(isEncoded({ 'content-encoding': coding })).toBe(encoded);
	expect(isEncoded({ 'content-encoding': [coding, 'identity'] })).toBe(encoded);
	expect(isEncoded({})).toBe(false);
});

it('reads a length only when it is one', () => {
	expect(announcedSize({ 'content-length': '0' })).toBe(0);
	for (const value of ['-1', '1e3', '10, 10', '', '1'.repeat(16), ['1', '1']]) {
		expect(announcedSize({ 'content-length': value })).toBeUndefined();
	}
});
