import { expect, it } from 'vitest';
import { parseContentRange } from '../../../src/download/answers/content-range.ts';

it.each([
	['bytes 0-0/1', { range: { start: 0, end: 1 }, size: 1 }],
	['bytes 100-199/200', { range: { start: 100, end: 200 }, size: 200 }],
	['BYTES 5-9/*', { range: { start: 5, end: 10 }, size: undefined }],
	['bytes */1234', { range: undefined, size: 1234 }],
])('reads "%s"', (value, range) => {
	expect(parseContentRange(value)).toEqual(range);
});

it.each([
	undefined,
	'',
	'bytes',
	'bytes 0-9',
	'bytes 9-0/10',
	'bytes 0-10/10',
	'bytes */*',
	'bytes -5-9/10',
	'bytes 0x1-0x2/10',
	'items 0-9/10',
	'bytes 0-9/10, bytes 10-19/20',
	`bytes 0-${'9'.repeat(16)}/*`,
	['bytes 0-9/10', 'bytes 0-9/10'],
])('makes nothing of %j', (value) => {
	expect(parseContentRange(value as string)).toBeUndefined();
});
