import { describe, expect, it } from 'vitest';
import { checkDns, type DnsOptions } from '../../src/dns/dns-options.ts';

it('is on by default, and can be switched off', () => {
	expect(checkDns(undefined)).toEqual({});
	expect(checkDns(false)).toBeUndefined();
});

describe('checkDns', () => {
	it.each<[DnsOptions]>([
		[{ ttlMs: 0, maxEntries: 1, family: 6 }],
		[{ ttlMs: Number.POSITIVE_INFINITY }],
		[{ servers: ['1.1.1.1', '127.0.0.1:5353', '::1', '[::1]:5353'] }],
		[{ lookup: (_hostname, _options, callback) => callback(null, '127.0.0.1', 4) }],
		[{ hosts: { 'shop.example': '127.0.0.1', 'shop.example:8443': ['127.0.0.1', '::1'], localhost: '127.0.0.2' } }],
	])('takes %o', (options) => {
		expect(checkDns(options)).toBe(options);
	});

	it.each<[unknown, string]>([
		[{ ttl: 5 }, 'dns has no option "ttl": did you mean "ttlMs"'],
		[{ ttlMs: -1 }, 'dns.ttlMs is -1'],
		[{ ttlMs: '5s' }, 'dns.ttlMs is 5s'],
		[{ maxEntries: 0 }, 'dns.maxEntries is 0'],
		[{ family: 5 }, 'dns.family is 5: give 4 or 6'],
		[{ servers: ['dns.example'] }, 'dns.servers holds "dns.example"'],
		[{ servers: [] }, 'dns.servers holds'],
		[{ servers: '1.1.1.1' }, 'dns.servers holds "1.1.1.1"'],
		[{ lookup: '1.1.1.1' }, 'dns.lookup is of type string'],
		[{ lookup: () => undefined, servers: ['1.1.1.1'] }, 'dns.lookup and dns.servers exclude each other'],
		[{ hosts: { 'http://shop.example': '127.0.0.1' } }, 'dns.hosts has the name "http://shop.example"'],
		[
			{ hosts: { 'Shop.example': '127.0.0.1' } },
			'dns.hosts has the name "Shop.example": give a host name in lower case',
		],
		[{ hosts: { '127.0.0.1': '127.0.0.2' } }, 'dns.hosts has the name "127.0.0.1"'],
		[{ hosts: { 'shop.example:0': '127.0.0.1' } }, 'its port is not from 1 to 65535'],
		[{ hosts: { 'shop.example': 'other.example' } }, 'dns.hosts["shop.example"] is other.example: give IP addresses'],
		[{ hosts: { 'shop.example': [] } }, 'dns.hosts["shop.example"] is nothing'],
	])('refuses %o', (options, message) => {
		expect(() => checkDns(options as DnsOptions)).toThrow(message);
	});
});
