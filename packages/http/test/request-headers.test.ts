import { expect, it } from 'vitest';
import { InvalidRequestError } from '../src/index.ts';
import { hasHeader, mergeHeaders } from '../src/request-headers.ts';

const BASE = ['accept', '*/*', 'x-a', '1', 'x-a', '2'];

it('is the base itself when nothing is added', () => {
	expect(mergeHeaders(BASE, undefined)).toBe(BASE);
});

it('replaces all values of a name, whatever its case, and leaves the base as it was', () => {
	expect(mergeHeaders(BASE, { 'X-A': 'new', 'X-B': ['3', '4'] })).toEqual([
		...['accept', '*/*'],
		...['x-a', 'new'],
		...['x-b', '3'],
		...['x-b', '4'],
	]);
	expect(BASE).toEqual(['accept', '*/*', 'x-a', '1', 'x-a', '2']);
});

it('drops a name with an empty list', () => {
	expect(mergeHeaders(BASE, { 'x-a': [] })).toEqual(['accept', '*/*']);
});

it.each([[1], [null], [['a', 1]], [{}]])('refuses the value %j', (value) => {
	expect(() => mergeHeaders(BASE, { 'X-Bad': value as unknown as string })).toThrow('The header "X-Bad"');
});

it.each(['TE', 'Proxy-Connection', 'HTTP2-Settings', 'Upgrade', 'Keep-Alive', 'Transfer-Encoding'])(
	'refuses %s, of the connection',
	(name) => {
		expect(() => mergeHeaders(BASE, { [name]: 'x' })).toThrow(`The header "${name}" is about the connection`);
	},
);

it.each([
	[{ Expect: '100-continue' }, 'The header "Expect" is not supported: leave it out'],
	[{ 'Content-Length': 'abc' }, 'The header "Content-Length" is "abc": give the number of bytes'],
	[{ 'Content-Length': '-1' }, 'The header "Content-Length" is "-1"'],
	[{ 'content-length': ['3', '5'] }, 'The header "content-length" has several values: give one'],
	[{ Host: ['a.test', 'b.test'] }, 'The header "Host" has several values: give one'],
])('refuses %j', (headers, text) => {
	expect(() => mergeHeaders(BASE, headers)).toThrow(InvalidRequestError);
	expect(() => mergeHeaders(BASE, headers)).toThrow(text);
});

it('lets one host, and one length, through', () => {
	expect(mergeHeaders([], { Host: ['a.test'], 'Content-Length': '5' })).toEqual([
		...['host', 'a.test'],
		...['content-length', '5'],
	]);
});

it('lets the one use of TE through that requests have', () => {
	expect(mergeHeaders([], { TE: 'trailers' })).toEqual(['te', 'trailers']);
});

it('looks at names, not at values', () => {
	expect(hasHeader(['a', 'b'], 'a')).toBe(true);
	expect(hasHeader(['a', 'b'], 'b')).toBe(false);
});
