import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { describe, expect, it } from 'vitest';
import { NameLookup } from '../../src/dns/name-lookup.ts';
import { startNameServer } from '../support/name-server.ts';
import { rejection } from '../support/until.ts';

const HOSTS = { 'shop.example': ['192.0.2.1', '2001:db8::1'], 'shop.example:8443': '192.0.2.2' };

const never: LookupFunction = () => {
	throw new Error('nobody was to be asked');
};

/** What a socket would be told. */
function told(lookup: LookupFunction, hostname: string, options: object): Promise<unknown[]> {
	return new Promise((resolve) => {
		lookup(hostname, options, (...args) => resolve(args));
	});
}

describe('hosts', () => {
	const names = new NameLookup({ hosts: HOSTS, lookup: never });

	it('are answered without asking anybody', async () => {
		expect(await names.addresses('shop.example')).toEqual([
			{ address: '192.0.2.1', family: 4 },
			{ address: '2001:db8::1', family: 6 },
		]);
		expect(await names.addresses('shop.example.', 6)).toEqual([{ address: '2001:db8::1', family: 6 }]);
	});

	it('may be for one port alone', async () => {
		expect(names.nameFor('shop.example', '443')).toBe('shop.example');
		expect(names.nameFor('other.example', '8443')).toBe('other.example');
		const name = names.nameFor('shop.example', '8443');
		expect(await names.addresses(name)).toEqual([{ address: '192.0.2.2', family: 4 }]);
		expect(await rejection(names.addresses(name, 6))).toMatchObject({ code: 'ENOTFOUND' });
	});
});

describe('lookup', () => {
	it('speaks as dns.lookup does', async () => {
		const { lookup } = new NameLookup({ hosts: HOSTS, lookup: never });
		expect(await told(lookup, 'shop.example', {})).toEqual([null, '192.0.2.1', 4]);
		expect(await told(lookup, 'shop.example', { family: 6 })).toEqual([null, '2001:db8::1', 6]);
		expect(await told(lookup, 'shop.example', { all: true, family: 4 })).toEqual([
			null,
			[{ address: '192.0.2.1', family: 4 }],
		]);
		expect(await told(lookup, '192.0.2.9', { all: true })).toEqual([null, [{ address: '192.0.2.9', family: 4 }]]);
	});

	it('hands an error over', async () => {
		const { lookup } = new NameLookup({ lookup: never });
		const [error] = await told(lookup, 'other.example', { all: true });
		expect(error).toMatchObject({ code: 'EAI_FAIL', cause: { message: 'nobody was to be asked' } });
	});
});

describe('what is not fixed', () => {
	it('is asked of the function, for the family wanted, and kept', async () => {
		const asked: [string, unknown][] = [];
		const lookup: LookupFunction = (hostname, { family }, callback) => {
			asked.push([hostname, family]);
			callback(null, [{ address: '192.0.2.7', family: 4 }] satisfies LookupAddress[]);
		};
		const names = new NameLookup({ lookup, family: 4 });
		for (let i = 0; i < 3; i++)
			expect(await names.addresses('a.example')).toEqual([{ address: '192.0.2.7', family: 4 }]);
		expect(asked).toEqual([['a.example', 4]]);
	});

	it('is asked of the servers', async () => {
		await using server = await startNameServer({ 'a.example': ['192.0.2.8'] });
		const names = new NameLookup({ servers: [server.address], hosts: HOSTS });
		expect(await names.addresses('a.example')).toEqual([{ address: '192.0.2.8', family: 4 }]);
		expect(await rejection(names.addresses('b.example'))).toMatchObject({ code: 'ENOTFOUND' });
		expect(new Set(server.questions.map((question) => question.split(' ')[1]))).toEqual(
			new Set(['a.example', 'b.example']),
		);
	});
});
