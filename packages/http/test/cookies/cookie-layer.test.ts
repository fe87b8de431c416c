import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CookieJar } from '../../src/cookies/cookie-jar.ts';
import { cookieLayer, withCookies } from '../../src/cookies/cookie-layer.ts';
import type { TransportRequest } from '../../src/transport/transport.ts';
import { nodeSend, textOf } from '../auth/support/node-send.ts';
import { transportRequest } from '../auth/support/transport-request.ts';

/** A server that answers with the cookies it was sent, sets those in the query, and has the status of its path. */
async function startServer(): Promise<number> {
	const server = createServer((request, response) => {
		const url = new URL(request.url ?? '', 'http://a.test');
		response.statusCode = Number(url.pathname.slice(1)) || 200;
		response.setHeader('Set-Cookie', url.searchParams.getAll('set'));
		response.end(request.headers.cookie ?? '');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(async () => {
		await new Promise((resolve) => server.close(resolve));
	});
	return (server.address() as AddressInfo).port;
}

describe('cookieLayer', () => {
	async function started(): Promise<(url: string, changes?: Partial<TransportRequest>) => Promise<string>> {
		const port = await startServer();
		const send = cookieLayer(new CookieJar())(nodeSend);
		return async (url, changes) => {
			const target = new URL(url);
			target.port = String(port);
			return textOf(await send(transportRequest(target.href, changes)));
		};
	}

	it('sends back what was set, to its host alone', async () => {
		const get = await started();
		expect(await get('http://127.0.0.1/?set=a=1&set=b=2;Path=/')).toBe('');
		expect(await get('http://127.0.0.1/')).toBe('a=1; b=2');
		expect(await get('http://localhost/')).toBe('');
	});

	it('sends a domain its own, and a stranger nothing', async () => {
		const get = await started();
		await get('http://www.shop.example/?set=a=1;Domain=shop.example&set=b=2');
		await get('http://evil.example/?set=a=3;Domain=shop.example');
		expect(await get('http://api.shop.example/')).toBe('a=1');
		expect(await get('http://www.shop.example/')).toBe('a=1; b=2');
		expect(await get('http://evil.example/')).toBe('');
	});

	it.each([301, 404, 401, 500])('keeps what a response with status %i sets', async (status) => {
		const get = await started();
		await get(`http://127.0.0.1/${status}?set=a=1`);
		expect(await get('http://127.0.0.1/')).toBe('a=1');
	});

	it('removes what a response ends', async () => {
		const get = await started();
		await get('http://127.0.0.1/?set=a=1');
		expect(await get('http://127.0.0.1/?set=a=;Max-Age=0')).toBe('a=1');
		expect(await get('http://127.0.0.1/')).toBe('');
	});

	it('adds to the header of the caller, whose values win', async () => {
		const get = await started();
		await get('http://127.0.0.1/?set=a=1&set=b=2');
		const headers = ['cookie', 'b=mine; c=3', 'accept', '*/*'];
		expect(await get('http://127.0.0.1/', { headers })).toBe('b=mine; c=3; a=1');
		expect(headers).toEqual(['cookie', 'b=mine; c=3', 'accept', '*/*']);
		expect(await get('http://localhost/', { headers })).toBe('b=mine; c=3');
	});

	it('hands a request without cookies on as it is', async () => {
		const passed: TransportRequest[] = [];
		const port = await startServer();
		const send = cookieLayer(new CookieJar())((request) => {
			passed.push(request);
			return nodeSend(request);
		});
		const request = transportRequest(`http://127.0.0.1:${port}/`);
		await textOf(await send(request));
		expect(passed[0]).toBe(request);
	});
});

describe('withCookies', () => {
	it.each([
		[[], 'a=1', ['cookie', 'a=1']],
		[['cookie', ''], 'a=1', ['cookie', 'a=1']],
		[['cookie', 'a=0'], 'a=1; a=2; b=3', ['cookie', 'a=0; b=3']],
		[
			['cookie', 'x=0', 'accept', '*/*', 'cookie', 'y=0;z=0'],
			'y=1; b=2',
			['accept', '*/*', 'cookie', 'x=0; y=0; z=0; b=2'],
		],
		[['cookie', 'ab=0'], 'a=1', ['cookie', 'ab=0; a=1']],
	])('makes of %j and "%s" %j', (headers, cookies, merged) => {
		expect(withCookies(headers, cookies)).toEqual(merged);
	});
});
