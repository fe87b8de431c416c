import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestsContestant } from '../../../src/contestants/http-requests/contract.ts';
import nodeFetch from '../../../src/contestants/http-requests/fetch.ts';
import ours from '../../../src/contestants/http-requests/ours.ts';
import oursRead from '../../../src/contestants/http-requests/ours-read.ts';
import undici from '../../../src/contestants/http-requests/undici.ts';

const server = createServer((request, response) => {
	const json = request.url === '/json';
	response.writeHead(200, { 'Content-Type': json ? 'application/json' : 'text/html; charset=utf-8' });
	response.end(json ? '{"text":"a row"}' : '<p>a page</p>');
});
let origin = '';

beforeAll(async () => {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
	server.closeAllConnections();
	server.close();
});

async function askTwice(open: RequestsContestant, read: 'text' | 'json'): Promise<string[]> {
	const asker = open({ url: `${origin}/${read}`, requests: 2, concurrency: 2, read });
	const texts = await Promise.all([asker.ask(), asker.ask()]);
	await asker.close();
	return texts;
}

describe.each(Object.entries({ ours, oursRead, undici, nodeFetch }))('%s', (_, open) => {
	test('reads pages', async () => {
		expect(await askTwice(open, 'text')).toEqual(['<p>a page</p>', '<p>a page</p>']);
	});
});

describe.each(Object.entries({ ours, undici }))('%s', (_, open) => {
	test('reads JSON', async () => {
		expect(await askTwice(open, 'json')).toEqual(['a row', 'a row']);
	});
});
