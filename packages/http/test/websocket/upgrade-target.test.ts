import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { httpUrl, parseUpgradeTarget } from '../../src/websocket/upgrade-target.ts';

describe('parseUpgradeTarget', () => {
	it.each([
		['ws://example.com/a?b=c', 'ws://example.com/a?b=c'],
		['wss://example.com', 'wss://example.com/'],
		['http://example.com:8080/', 'ws://example.com:8080/'],
		['https://example.com/#part', 'wss://example.com/'],
		['wss://example.com:443/', 'wss://example.com/'],
	])('%s is %s', (input, expected) => {
		const target = parseUpgradeTarget(new URL(input));
		expect(target.url.href).toBe(expected);
		expect(target.label).toEqual({ method: 'GET', url: expected });
	});

	it('makes user info a header and takes it out of the URL', () => {
		const target = parseUpgradeTarget(new URL('ws://me:s%20crit@example.com/'));
		expect(target.url.href).toBe('ws://example.com/');
		expect(target.authorization).toBe(`Basic ${Buffer.from('me:s crit').toString('base64')}`);
	});

	it('refuses other schemes, without a password', () => {
		const parse = (): unknown => parseUpgradeTarget(new URL('ftp://me:secret@example.com/'));
		expect(parse).toThrow(InvalidRequestError);
		expect(parse).toThrow('GET ftp://example.com/ uses the scheme "ftp:": give a ws: or wss: URL.');
	});
});

it.each([
	['ws://example.com:81/a?b#c', 'http://example.com:81/a?b#c'],
	['wss://example.com/', 'https://example.com/'],
	['https://example.com/', 'https://example.com/'],
])('httpUrl(%s)', (input, expected) => expect(httpUrl(new URL(input)).href).toBe(expected));
