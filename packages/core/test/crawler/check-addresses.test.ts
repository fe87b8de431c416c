import { describe, expect, it } from 'vitest';
import { checkAddresses } from '../../src/crawler/check-addresses.ts';

describe('checkAddresses', () => {
	it.each([
		['a string in place of a list', 'http://a.test/', "Requests are given as a list: ['http://a.test/']."],
		['what is no URL', ['nope'], '"nope" is not a URL'],
		['another scheme', ['ftp://a.test/'], '"ftp://a.test/" is not a URL'],
		['a number', [42], '42 is not a URL'],
		['a request without a URL', [{ label: 'x' }], 'undefined is not a URL'],
	])('refuses %s', (_, requests, message) => {
		expect(() => checkAddresses(requests)).toThrow(message);
	});

	it('lets everything else pass', () => {
		expect(() => checkAddresses(undefined)).not.toThrow();
		expect(() => checkAddresses(['http://a.test/', { url: 'https://b.test/' }])).not.toThrow();
	});

	it('does not read what can be read only once', () => {
		const once = ['nope'].values();
		checkAddresses(once);
		expect([...once]).toEqual(['nope']);
	});
});
