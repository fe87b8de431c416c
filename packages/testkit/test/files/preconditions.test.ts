import { expect, test } from 'vitest';
import type { Validators } from '../../src/files/preconditions.ts';
import { isRangeOfThisVersion, judgeConditions } from '../../src/files/preconditions.ts';

const strong: Validators = { etag: '"a"' };
const weak: Validators = { etag: 'W/"a"' };
const dated: Validators = { lastModified: 'Wed, 01 Jan 2020 00:00:00 GMT' };
const before = 'Tue, 31 Dec 2019 23:59:59 GMT';
const after = 'Wed, 01 Jan 2020 00:00:01 GMT';

test.each([
	['no condition', {}, strong, 'proceed'],
	['If-Match', { 'if-match': '"b", "a"' }, strong, 'proceed'],
	['If-Match of another', { 'if-match': '"b"' }, strong, 'precondition-failed'],
	['If-Match of anything', { 'if-match': '*' }, {}, 'proceed'],
	['If-Match is strong', { 'if-match': 'W/"a"' }, weak, 'precondition-failed'],
	['If-Match without a tag', { 'if-match': '"a"' }, dated, 'precondition-failed'],
	['If-Unmodified-Since', { 'if-unmodified-since': dated.lastModified }, dated, 'proceed'],
	['If-Unmodified-Since before', { 'if-unmodified-since': before }, dated, 'precondition-failed'],
	['If-Unmodified-Since without a date', { 'if-unmodified-since': before }, strong, 'proceed'],
	['If-Match wins over the date', { 'if-match': '"a"', 'if-unmodified-since': before }, strong, 'proceed'],
	['If-None-Match', { 'if-none-match': '"a"' }, strong, 'not-modified'],
	['If-None-Match of others', { 'if-none-match': '"b", "c"' }, strong, 'proceed'],
	['If-None-Match of anything', { 'if-none-match': '*' }, strong, 'not-modified'],
	['If-None-Match is weak', { 'if-none-match': '"a"' }, weak, 'not-modified'],
	['If-None-Match without a tag', { 'if-none-match': '"a"' }, dated, 'proceed'],
	['If-Modified-Since', { 'if-modified-since': dated.lastModified }, dated, 'not-modified'],
	['If-Modified-Since after', { 'if-modified-since': after }, dated, 'not-modified'],
	['If-Modified-Since before', { 'if-modified-since': before }, dated, 'proceed'],
	['If-Modified-Since that is no date', { 'if-modified-since': 'soon' }, dated, 'proceed'],
	['If-None-Match wins over the date', { 'if-none-match': '"b"', 'if-modified-since': after }, dated, 'proceed'],
] as const)('%s', (_, headers, validators, verdict) => {
	expect(judgeConditions(headers, validators)).toBe(verdict);
});

test.each([
	[undefined, {}, true],
	['"a"', strong, true],
	['"b"', strong, false],
	['W/"a"', weak, false],
	['"a"', weak, false],
	['"a"', dated, false],
	[dated.lastModified, dated, true],
	[before, dated, false],
	[after, dated, false],
	[dated.lastModified, strong, false],
	['never', dated, false],
])('If-Range %s against %j is %s', (field, validators, expected) => {
	expect(isRangeOfThisVersion(field, validators)).toBe(expected);
});
