import { describe, expect, it } from 'vitest';
import { compareValidator, strongLastModified, strongValidator } from '../../../src/download/answers/validators.ts';

const DATE = 'Wed, 21 Oct 2015 07:28:00 GMT';
const SETTLED = 'Wed, 21 Oct 2015 07:27:00 GMT';
const FRESH = 'Wed, 21 Oct 2015 07:27:01 GMT';

describe('strongValidator', () => {
	it('is a strong entity tag, exactly as sent', () => {
		const headers = { etag: '"a b"', date: DATE, 'last-modified': SETTLED };
		expect(strongValidator({ etag: '"33a64df5"' })).toEqual({ kind: 'etag', value: '"33a64df5"' });
		expect(strongValidator({ etag: '""' })).toEqual({ kind: 'etag', value: '""' });
		expect(strongValidator(headers)).toBeUndefined(); // a space is not part of a tag
	});

	it.each(['W/"1"', 'w/"1"', '33a64df5', '"1', ''])('is not the tag %s, and neither the date beside it', (etag) => {
		expect(strongValidator({ etag, date: DATE, 'last-modified': SETTLED })).toBeUndefined();
	});

	it('is not one of two tags', () => {
		expect(strongValidator({ etag: ['"1"', '"2"'] })).toBeUndefined();
	});

	it('is a date that was a minute past', () => {
		const validator = strongValidator({ date: DATE, 'last-modified': SETTLED });
		expect(validator).toEqual({ kind: 'last-modified', value: SETTLED });
	});

	it.each([
		['fresh', { date: DATE, 'last-modified': FRESH }],
		['in the future', { date: SETTLED, 'last-modified': DATE }],
		['without a clock', { 'last-modified': SETTLED }],
		['no date', { date: DATE, 'last-modified': 'yesterday' }],
		['there twice', { date: DATE, 'last-modified': [SETTLED, SETTLED] }],
	])('is not a date that is %s', (_name, headers) => {
		expect(strongValidator(headers)).toBeUndefined();
		expect(strongLastModified(headers)).toBeUndefined();
	});
});

describe('compareValidator', () => {
	const tag = { kind: 'etag', value: '"1"' } as const;
	const date = { kind: 'last-modified', value: SETTLED } as const;

	it('takes tags and dates by the letter', () => {
		expect(compareValidator(tag, { etag: '"1"' })).toBe('same');
		expect(compareValidator(tag, { etag: 'W/"1"' })).toBe('other');
		expect(compareValidator(tag, { etag: ['"1"', '"1"'] })).toBe('other');
		expect(compareValidator(tag, { 'last-modified': SETTLED })).toBe('missing');
		expect(compareValidator(date, { 'last-modified': SETTLED })).toBe('same');
		expect(compareValidator(date, { 'last-modified': FRESH })).toBe('other');
		expect(compareValidator(date, {})).toBe('missing');
	});
});
