import { expect, it } from 'vitest';
import { suggestedName } from '../../../src/download/name/content-disposition.ts';

it.each([
	['attachment; filename="report.pdf"', 'report.pdf'],
	['attachment; filename=report.pdf;', 'report.pdf'],
	['inline; filename="a \\"b\\".txt"', 'a "b".txt'],
	["attachment; filename=plain.txt; filename*=UTF-8''%e2%82%ac%20rates.txt", '€ rates.txt'],
	["attachment; filename*=UTF-8''%e2%82%ac.txt; filename=plain.txt", '€.txt'],
	["attachment; filename*=utf-9''%e2; filename=plain.txt", 'plain.txt'],
	['attachment; filename="na\u00c3\u00afve.txt"', 'naïve.txt'],
	['attachment; filename="na\u00efve.txt"', 'naïve.txt'],
	['attachment; filename="..%2F..%2Fetc%2Fpasswd"', '..%2F..%2Fetc%2Fpasswd'],
	["attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", '../../etc/passwd'],
	['attachment', undefined],
	['', undefined],
	[';;==;filename', undefined],
	[undefined, undefined],
])('%j suggests %j', (header, name) => {
	expect(suggestedName(header)).toBe(name);
});
