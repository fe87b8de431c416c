import { describe, expect, it } from 'vitest';
import { hostNameOf, isLoopback, isOwnHost } from '../../src/access/host-name.ts';

describe('a host', () => {
	it.each<[string | undefined, string | undefined]>([
		['Monitor.Example:80', 'monitor.example'],
		['[::1]:7373', '::1'],
		['127.0.0.1', '127.0.0.1'],
		['a/b', undefined],
		['a@b', undefined],
		['', undefined],
		[undefined, undefined],
		['a:99999', undefined],
	])('%j is named %j', (host, name) => {
		expect(hostNameOf(host)).toBe(name);
	});

	it.each<[string | undefined, boolean]>([
		['localhost:7373', true],
		['app.localhost', true],
		['10.0.0.7:7373', true],
		['[fe80::1]', true],
		['monitor.example', true],
		['evil.example', false],
		['notlocalhost', false],
		['127.0.0.1.evil.example', false],
		[undefined, false],
	])('%j is the own one: %j', (host, isOwn) => {
		expect(isOwnHost(host, ['monitor.example'])).toBe(isOwn);
	});

	it.each<[string, boolean]>([
		['localhost', true],
		['127.9.9.9', true],
		['::1', true],
		['0.0.0.0', false],
		['::', false],
		['127.evil.example', false],
	])('%j is loopback: %j', (host, is) => {
		expect(isLoopback(host)).toBe(is);
	});
});
