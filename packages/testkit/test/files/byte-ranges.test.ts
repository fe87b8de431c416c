import { expect, test } from 'vitest';
import { parseRange } from '../../src/files/byte-ranges.ts';

test.each([
	['bytes=0-0', [0, 0]],
	['bytes=0-99', [0, 99]],
	['bytes=10-', [10, 99]],
	['bytes=90-1000', [90, 99]],
	['bytes=-10', [90, 99]],
	['bytes=-1000', [0, 99]],
	['Bytes= 5-7 ', [5, 7]],
])('%s of 100 bytes is %j', (field, [start, end]) => {
	expect(parseRange(field, 100)).toEqual({ kind: 'parts', parts: [{ start, end }] });
});

test.each(['bytes=100-', 'bytes=100-200', 'bytes=-0', 'bytes=100-,200-'])('%s of 100 bytes is 416', (field) => {
	expect(parseRange(field, 100)).toEqual({ kind: 'unsatisfiable' });
});

test.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=5-4', 'bytes=a-b', 'bytes=0-1,x', 'items=0-5', '0-5'])(
	'%j is no range',
	(field) => {
		expect(parseRange(field, 100)).toEqual({ kind: 'whole' });
	},
);

test('of several parts those that exist remain', () => {
	expect(parseRange('bytes=0-1, 100-, -2', 100)).toEqual({
		kind: 'parts',
		parts: [
			{ start: 0, end: 1 },
			{ start: 98, end: 99 },
		],
	});
});

test('an empty file has no part', () => {
	expect(parseRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' });
	expect(parseRange('bytes=-5', 0)).toEqual({ kind: 'unsatisfiable' });
});
