import { describe, expect, it } from 'vitest';
import { storedHeaders, updatedHeaders } from '../../src/cache/stored-headers.ts';

const NOW = Date.parse('2026-05-01T12:00:00Z');
const DATE = 'Fri, 01 May 2026 12:00:00 GMT';

describe('storedHeaders', () => {
	it('leaves out what Connection names, in however many fields', () => {
		const headers = { connection: ['close, X-A', 'x-b'], 'x-a': '1', 'x-b': '2', 'x-c': ['3', '4'], date: 'then' };
		expect(storedHeaders('GET', headers, NOW)).toEqual({ 'x-c': ['3', '4'], date: 'then' });
	});

	it.each([
		['GET', 'gzip', []],
		['GET', 'br, GZIP', []],
		['GET', 'identity', ['content-encoding', 'content-md5']],
		['GET', 'unknown', ['content-encoding', 'content-md5']],
		['HEAD', 'gzip', ['content-encoding', 'content-length', 'content-md5']],
	] as const)('%s with the coding %s keeps %j', (method, coding, kept) => {
		const headers = { 'content-encoding': coding, 'content-length': '5', 'content-md5': 'x' };
		const names = Object.keys(storedHeaders(method, headers, NOW)).filter((name) => name !== 'date');
		expect(names).toEqual(kept);
	});
});

it('updatedHeaders replaces values as a whole and leaves what describes the body', () => {
	const stored = { a: ['1', '2'], b: '1', date: 'then', 'content-length': '4', 'content-type': 'x/y' };
	const update = {
		a: '3',
		c: ['4', '5'],
		'content-length': '0',
		'content-range': 'bytes */4',
		'content-encoding': 'br',
	};
	expect(updatedHeaders(stored, update)).toEqual({
		a: '3',
		b: '1',
		c: ['4', '5'],
		'content-length': '4',
		'content-type': 'x/y',
	});
	expect(storedHeaders('GET', updatedHeaders(stored, update), NOW).date).toBe(DATE);
	expect(updatedHeaders(stored, { date: 'now' }).date).toBe('now');
});
