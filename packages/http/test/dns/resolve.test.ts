import { describe, expect, it } from 'vitest';
import { resolveAt, resolveWith } from '../../src/dns/resolve.ts';
import { startNameServer } from '../support/name-server.ts';
import { rejection } from '../support/until.ts';

describe('resolveWith', () => {
	it('asks the system', async () => {
		expect(await resolveWith()('localhost', 4)).toEqual([{ address: '127.0.0.1', family: 4 }]);
	});

	it('rejects for a name that never exists (RFC 6761)', async () => {
		expect(await rejection(resolveWith()('shop.invalid', 0))).toMatchObject({ syscall: 'getaddrinfo' });
	});

	it('asks a function for all addresses, and takes one too', async () => {
		const asked: unknown[] = [];
		const resolve = resolveWith((hostname, options, callback) => {
			asked.push(hostname, options);
			callback(null, hostname === 'six' ? '::1' : '127.0.0.1', hostname === 'six' ? undefined : 4);
		});
		expect(await resolve('four', 4)).toEqual([{ address: '127.0.0.1', family: 4 }]);
		expect(await resolve('six', 0)).toEqual([{ address: '::1', family: 6 }]);
		expect(asked).toEqual(['four', { all: true, family: 4 }, 'six', { all: true, family: 0 }]);
	});

	it('rejects with what the function throws', async () => {
		const resolve = resolveWith(() => {
			throw new Error('broken');
		});
		expect(await rejection(resolve('a', 0))).toMatchObject({ message: 'broken' });
	});
});

describe('resolveAt', () => {
	const ZONE = {
		'both.example': ['192.0.2.1', '192.0.2.2', '2001:db8::1'],
		'four.example': ['192.0.2.3'],
		'none.example': [],
	};

	it('asks the servers for both families, IPv6 first', async () => {
		await using server = await startNameServer(ZONE);
		expect(await resolveAt([server.address])('both.example', 0)).toEqual([
			{ address: '2001:db8::1', family: 6 },
			{ address: '192.0.2.1', family: 4 },
			{ address: '192.0.2.2', family: 4 },
		]);
		expect(server.questions.toSorted()).toEqual(['A both.example', 'AAAA both.example']);
	});

	it('is content with one family', async () => {
		await using server = await startNameServer(ZONE);
		const resolve = resolveAt([server.address]);
		expect(await resolve('four.example', 0)).toEqual([{ address: '192.0.2.3', family: 4 }]);
		server.questions.length = 0;
		expect(await resolve('both.example', 6)).toEqual([{ address: '2001:db8::1', family: 6 }]);
		expect(server.questions).toEqual(['AAAA both.example']);
	});

	it.each([
		['that has no address', 'none.example', 'NXDOMAIN', 'ENOTFOUND'],
		['that does not exist', 'other.example', 'NXDOMAIN', 'ENOTFOUND'],
		['that the server fails to find', 'other.example', 'SERVFAIL', 'ESERVFAIL'],
	] as const)('rejects for a name %s', async (_name, hostname, failure, code) => {
		await using server = await startNameServer(ZONE, failure);
		expect(await rejection(resolveAt([server.address])(hostname, 0))).toMatchObject({ code });
	});

	it('tells no server about localhost (RFC 6761)', async () => {
		await using server = await startNameServer({});
		const resolve = resolveAt([server.address]);
		for (const name of ['localhost', 'shop.localhost', 'localhost.']) {
			expect(await resolve(name, 4)).toEqual([{ address: '127.0.0.1', family: 4 }]);
		}
		expect(await resolve('localhost', 0)).toHaveLength(2);
		expect(server.questions).toEqual([]);
	});
});
