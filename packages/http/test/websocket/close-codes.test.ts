import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { checkClose, closeMeaning, closeText } from '../../src/websocket/close-codes.ts';

describe('closeMeaning', () => {
	it.each([1000, 1005])('%i: the peer is done', (code) => expect(closeMeaning(code)).toBe('done'));

	it.each([1001, 1006, 1011, 1012, 1013, 1014, 3008])('%i: come back', (code) => {
		expect(closeMeaning(code)).toBe('come-back');
	});

	it.each([1002, 1003, 1007, 1008, 1009, 1010, 3000, 3003, 3999, 4000, 4999])('%i: stay away', (code) => {
		expect(closeMeaning(code)).toBe('stay-away');
	});
});

describe('checkClose', () => {
	it.each([1000, 3000, 4999])('lets an application send %i', (code) => {
		expect(() => checkClose(code, '')).not.toThrow();
	});

	it.each([0, 999, 1001, 1005, 1006, 1011, 2999, 5000, 3000.5, Number.NaN])('refuses %d', (code) => {
		expect(() => checkClose(code, '')).toThrow(InvalidRequestError);
		expect(() => checkClose(code, '')).toThrow(`The close code is ${code}: give 1000, or one from 3000 to 4999.`);
	});

	it('counts the reason in bytes of UTF-8', () => {
		expect(() => checkClose(1000, `${'ä'.repeat(61)}x`)).not.toThrow();
		expect(() => checkClose(1000, 'ä'.repeat(62))).toThrow('The close reason has 124 bytes: give at most 123.');
		expect(() => checkClose(1000, 7 as unknown as string)).toThrow('of type number: give a string.');
	});
});

it('names a code for people', () => {
	expect(closeText(1011, 'disk full')).toBe('1011 (internal error): disk full');
	expect(closeText(4001, '')).toBe('4001');
});
