import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HttpClient, type HttpEvents, type HttpHooks, MockTransport } from '../../src/index.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';

type Told = { [Name in keyof HttpEvents]: [Name, HttpEvents[Name]] }[keyof HttpEvents];

/** Hooks that note all that they are told. */
function recorder(): { hooks: HttpHooks; told: Told[]; names(): string[] } {
	const told: Told[] = [];
	const hooks: HttpHooks = {
		onRequest: (event) => told.push(['request', event]),
		onResponse: (event) => told.push(['response', event]),
		onEnd: (event) => told.push(['end', event]),
		onBody: (event) => told.push(['body', event]),
		onRetry: (event) => told.push(['retry', event]),
		onRedirect: (event) => told.push(['redirect', event]),
		onError: (event) => told.push(['error', event]),
	};
	return { hooks, told, names: () => told.map(([name]) => name) };
}

const pages = () =>
	startRawServer((socket, head) => {
		const path = head.split(' ')[1];
		if (path === '/moved') socket.write(response('', 'Location: /\r\n', '302 Found'));
		else socket.write(response('page'));
	});

describe('hooks', () => {
	it('are told of request, response, end and body', async () => {
		await using server = await pages();
		const { hooks, told, names } = recorder();
		await using client = new HttpClient({ hooks });
		await (await client.get(server.origin, { headers: { 'X-A': '1' } })).text();
		await until(() => told.length === 4);
		expect(names().sort()).toEqual(['body', 'end', 'request', 'response']);
		const events = Object.fromEntries(told) as unknown as HttpEvents;
		expect(events.request).toMatchObject({ method: 'GET', url: `${server.origin}/`, retries: 0, bodyBytes: 0 });
		expect(events.request.headers).toContainEqual(['x-a', '1']);
		expect(events.response).toMatchObject({ status: 200, statusText: 'OK', headers: { 'content-length': '4' } });
		expect(events.response.sentMs).toBeLessThanOrEqual(events.response.headersMs);
		expect(events.end.wireBytes).toBe(4);
		expect(events.body.bytes.toString()).toBe('page');
		expect(new Set(told.map(([, { callId }]) => callId)).size).toBe(1);
	});

	it('are told of redirects and retries', async () => {
		await using server = await pages();
		const { hooks, told, names } = recorder();
		const quick = { baseMs: 1, limit: 1 };
		await using client = new HttpClient({ hooks, retry: quick });
		await client.read(`${server.origin}/moved`);
		await until(() => told.length === 8);
		expect(names().filter((name) => name === 'redirect')).toHaveLength(1);
		const redirect = told.find(([name]) => name === 'redirect')?.[1];
		expect(redirect).toMatchObject({ status: 302, url: `${server.origin}/moved`, to: `${server.origin}/` });

		const busy = recorder();
		const transport = new MockTransport(() => ({ status: 503 }));
		await using other = new HttpClient({ hooks: [busy.hooks], transport, retry: quick });
		expect((await other.get('https://api.test/')).status).toBe(503);
		expect(busy.told.find(([name]) => name === 'retry')?.[1]).toMatchObject({
			retry: 1,
			status: 503,
			error: undefined,
		});
	});

	it('are told of the error that ends a call', async () => {
		const { hooks, told } = recorder();
		await using client = new HttpClient({ hooks, retry: false });
		const error = await rejection(client.get('http://127.0.0.1:1/'));
		expect(told.find(([name]) => name === 'error')?.[1]).toMatchObject({ url: 'http://127.0.0.1:1/', error });
	});

	it('are told of a body that breaks off while it is read', async () => {
		await using server = await startRawServer((socket) => {
			socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
		});
		const { hooks, told } = recorder();
		await using client = new HttpClient({ hooks });
		const page = await client.get(server.origin);
		const error = await rejection(page.text());
		expect(told.filter(([name]) => name === 'error').map(([, event]) => event)).toMatchObject([{ error }]);
	});

	it.each([
		[
			'throw',
			(): void => {
				throw new Error('hooked');
			},
		],
		['reject with', async (): Promise<never> => Promise.reject(new Error('hooked'))],
	])('only look on: what they %s is a warning', async (_, onRequest) => {
		const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
		await using client = new HttpClient({ hooks: { onRequest }, transport: new MockTransport(() => ({})) });
		expect((await client.get('https://api.test/')).status).toBe(200);
		expect(await warned).toMatchObject({
			name: 'OrbweaverHookWarning',
			message: 'The hook onRequest threw: Error: hooked',
		});
	});

	it('are told of an answer from the cache, without a request', async () => {
		const { hooks, names, told } = recorder();
		const transport = new MockTransport(() => ({ headers: { 'Cache-Control': 'max-age=60' }, body: 'kept' }));
		await using client = new HttpClient({ hooks, transport, cache: true });
		await client.read('https://api.test/');
		told.length = 0;
		await client.read('https://api.test/');
		expect(names()).toEqual(['response', 'body']);
		expect(told[0]?.[1]).toMatchObject({ status: 200, cacheStatus: 'hit' });
	});

	it('never see a password of the URL', async () => {
		const { hooks, told } = recorder();
		await using client = new HttpClient({ hooks, transport: new MockTransport(() => ({})) });
		await client.get('https://ada:secret@api.test/');
		expect(told.every(([, { url }]) => url === 'https://api.test/')).toBe(true);
	});
});

describe('diagnostics channels', () => {
	it.each(['request', 'response'] as const)('orbweaver:http:%s carries the same events', async (name) => {
		const heard: unknown[] = [];
		const listener = (event: unknown): void => void heard.push(event);
		subscribe(`orbweaver:http:${name}`, listener);
		onTestFinished(() => void unsubscribe(`orbweaver:http:${name}`, listener));
		await using client = new HttpClient({ transport: new MockTransport(() => ({})) });
		await client.get('https://api.test/');
		expect(heard).toMatchObject([{ method: 'GET', url: 'https://api.test/' }]);
	});
});
