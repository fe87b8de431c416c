import { Readable } from 'node:stream';
import { type EchoedRequest, startEcho } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { HttpClient, InvalidRequestError, MockTransport, type RequestOptions } from '../src/index.ts';
import { rejection, until } from './support/until.ts';

const mocked = () => new HttpClient({ transport: new MockTransport(() => ({})), baseUrl: 'https://api.test/' });

describe('the body of a request', () => {
	const sent = async (options: RequestOptions): Promise<EchoedRequest> => {
		await using server = await startEcho();
		await using client = new HttpClient();
		return await (await client.post(`${server.url}/echo`, options)).json<EchoedRequest>();
	};

	it.each<[RequestOptions, string, object]>([
		[{ json: { a: 1 } }, '{"a":1}', { 'content-type': 'application/json', 'content-length': '7' }],
		[{ form: { a: 'b c' } }, 'a=b+c', { 'content-length': '5' }],
		[{ body: 'text' }, 'text', { 'content-type': 'text/plain;charset=UTF-8', 'content-length': '4' }],
		[{ body: 'text', headers: { 'Content-Type': 'text/csv' } }, 'text', { 'content-type': 'text/csv' }],
		[{ body: Readable.from(['a', 'b']) }, 'ab', { 'transfer-encoding': 'chunked' }],
		[{ body: Readable.from(['a', 'b']), headers: { 'Content-Length': '2' } }, 'ab', { 'content-length': '2' }],
	])('arrives with what is known of it (%#)', async (options, text, headers) => {
		expect(await sent(options)).toMatchObject({ body: { text }, headers });
	});

	it('of several parts has the boundary that it was made with', async () => {
		const headers = { 'Content-Type': 'multipart/form-data' };
		const echoed = await sent({ multipart: { a: 'b' }, headers });
		const boundary = /boundary=(.+)/.exec(echoed.headers['content-type'] as string)?.[1] as string;
		expect(echoed.body.text).toContain(`--${boundary}\r\n`);
	});

	it('that fails while it is sent ends the request with its error', async () => {
		await using server = await startEcho();
		await using client = new HttpClient();
		const broken = new Error('the disk is gone');
		async function* pieces() {
			yield 'first';
			throw broken;
		}
		const error = await rejection(client.post(`${server.url}/echo`, { body: pieces() }));
		expect(error).toBeInstanceOf(InvalidRequestError);
		expect(error).toMatchObject({ cause: broken });
		await until(() => client.stats.running === 0);
	});

	it('that cannot be made leaves no slot taken', async () => {
		await using server = await startEcho();
		await using client = new HttpClient({ limits: { total: 1 } });
		const body = (): string => {
			throw new Error('no body today');
		};
		expect(String(await rejection(client.post(`${server.url}/echo`, { body })))).toContain('no body today');
		expect(client.stats).toMatchObject({ running: 0, connections: 0 });
		expect((await client.get(`${server.url}/echo`)).status).toBe(200);
	});
});

it.each([undefined, '', 'GE T', 'GET\r\n', 7])('refuses the method %j', async (method) => {
	await using client = mocked();
	const error = await rejection(client.request(method as string, ''));
	expect(error).toBeInstanceOf(InvalidRequestError);
	expect(String(error)).toContain('The method is');
});

describe('requestSettings', () => {
	it.each([
		[{ header: {} }, 'did you mean "headers"'],
		[{ signal: 'now' }, 'signal is of type string: give an AbortSignal'],
		[{ json: 1, body: 'x' }, 'json'],
		[{ maxRedirects: 1.5 }, 'maxRedirects is 1.5'],
		[{ timeouts: { totalMs: -1 } }, 'timeouts.totalMs is -1'],
		[{ retry: { limit: 'often' } }, 'retry.limit is often'],
		[{ query: { a: {} } }, 'query.a is of type object'],
		[{ query: 'a=b' }, 'query is of type string: give an object of names and values'],
		[{ query: new URLSearchParams('a=b') }, 'query is an object of class URLSearchParams'],
		[{ headers: new Map([['a', 'b']]) }, 'headers is an object of class Map'],
		[{ headers: { a: 'b\r\nc: d' } }, 'The header "a" has a value that cannot be sent'],
		[{ headers: { 'a b': 'c' } }, 'A header cannot be called "a b"'],
		[{ auth: {} }, 'auth has no function "authorize"'],
		[{ decode: 'no' }, 'decode is no: give true or false'],
		[{ onSent: true }, 'onSent is of type boolean: give a function'],
		[null, 'The request was given a value that is null'],
	])('refuses %j', async (options, message) => {
		await using client = mocked();
		const error = await rejection(client.get('', options as RequestOptions));
		expect(error).toBeInstanceOf(InvalidRequestError);
		expect(String(error)).toContain(message);
	});
});
