import { describe, expect, it } from 'vitest';
import { type BatchProgress, type BatchResult, HttpClient, InvalidRequestError, MockTransport } from '../src/index.ts';
import { response, startRawServer } from './support/raw-server.ts';
import { rejection, until } from './support/until.ts';

async function all<Result>(results: AsyncIterable<Result>): Promise<Result[]> {
	const list: Result[] = [];
	for await (const result of results) list.push(result);
	return list;
}

const echoPath = () => new MockTransport(({ path }) => ({ body: path, status: path === '/2' ? 500 : 200 }));

describe('batch', () => {
	it('gives out responses whose body has been read, with their requests', async () => {
		await using client = new HttpClient({ baseUrl: 'https://api.test/', transport: echoPath(), retry: false });
		const requests = ['1', { url: '2', data: { mine: true } }, new URL('https://api.test/3')];
		const results = await all(client.batch(requests, { ordered: true }));
		expect(results.map(({ index, request, ok }) => [index, request, ok])).toEqual(
			requests.map((request, index) => [index, request, true]),
		);
		const texts = await Promise.all(results.map(async (result) => (result.ok ? result.response.text() : '')));
		expect(texts).toEqual(['/1', '/2', '/3']);
	});

	it('makes a failure a result', async () => {
		await using client = new HttpClient({ retry: false });
		const [result] = await all(client.batch(['http://127.0.0.1:1/']));
		expect(result).toMatchObject({ ok: false, index: 0, request: 'http://127.0.0.1:1/' });
		expect((result as BatchResult & { ok: false }).error).toMatchObject({ code: 'ORB_HTTP_CONNECT' });
	});

	it('makes a request that is wrong a result too', async () => {
		await using client = new HttpClient({ transport: echoPath() });
		const [result] = await all(client.batch([{ url: 'https://api.test/', metod: 'PUT' }]));
		expect(String((result as BatchResult & { ok: false }).error)).toContain('did you mean "method"');
	});

	it('asks again for a body that broke off', async () => {
		let requests = 0;
		await using server = await startRawServer((socket) => {
			if (requests++ === 0) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf');
			else socket.write(response('whole'));
		});
		await using client = new HttpClient({ retry: { baseMs: 1 } });
		const [result] = await all(client.batch([server.origin]));
		expect(await (result as BatchResult & { ok: true }).response.text()).toBe('whole');
	});

	it.each(['close', 'destroy'] as const)('ends with its client: %s', async (end) => {
		let taken = 0;
		function* endless() {
			for (;;) yield `https://api.test/${taken++}`;
		}
		const client = new HttpClient({ transport: echoPath(), retry: false });
		let results = 0;
		const error = await rejection(
			(async () => {
				for await (const _ of client.batch(endless(), { concurrency: 2 })) if (++results === 5) void client[end]();
			})(),
		);
		expect(String(error)).toContain('The client is closed');
		expect(taken).toBeLessThan(20);
	});

	it('takes no more requests than it can make, and tells how far it is', async () => {
		let taken = 0;
		function* requests() {
			for (let i = 0; i < 1_000; i++) {
				taken += 1;
				yield `https://api.test/${i}`;
			}
		}
		const told: BatchProgress[] = [];
		const onProgress = (progress: BatchProgress): void => void told.push(progress);
		await using client = new HttpClient({ transport: new MockTransport(() => ({})) });
		const results = client.batch(requests(), { concurrency: 10, onProgress })[Symbol.asyncIterator]();
		await results.next();
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(taken).toBeLessThanOrEqual(11);
		for (let result = await results.next(); !result.done; result = await results.next());
		expect(told.at(-1)).toMatchObject({ done: 1_000, failed: 0, running: 0, started: 1_000 });
	});

	it('aborts what is under way when the loop is left', async () => {
		let requests = 0;
		await using server = await startRawServer((socket) => {
			if (requests++ === 0) socket.write(response('first'));
		});
		await using client = new HttpClient();
		const urls = Array.from({ length: 5 }, (_, index) => `${server.origin}/${index}`);
		for await (const result of client.batch(urls)) {
			expect(result.ok).toBe(true);
			break;
		}
		await until(() => client.stats.running === 0 && client.stats.pending === 0);
	});

	it('has one signal for all of its requests', async () => {
		await using client = new HttpClient();
		const request = { url: 'http://127.0.0.1:1/', signal: AbortSignal.abort() };
		const errors: unknown[] = [];
		for await (const result of client.batch([request])) if (!result.ok) errors.push(result.error);
		expect(errors).toMatchObject([{ code: 'ORB_HTTP_INVALID_REQUEST' }]);
		expect(String(errors[0])).toContain('The request has no option "signal"');
	});

	it('refuses one string, which is a list of letters', async () => {
		await using client = new HttpClient();
		expect(String(await rejection(all(client.batch('http://127.0.0.1:1/'))))).toContain('batch was given one string');
	});

	it.each([5, null, { url: 'http://127.0.0.1:1/' }])('refuses %j, which is no list', async (requests) => {
		await using client = new HttpClient();
		const error = await rejection(all(client.batch(requests as unknown as [])));
		expect(error).toBeInstanceOf(InvalidRequestError);
		expect(String(error)).toContain('give a list of requests');
	});

	it('refuses options that are none', async () => {
		await using client = new HttpClient();
		const error = await rejection(all(client.batch([], null as unknown as object)));
		expect(error).toBeInstanceOf(InvalidRequestError);
		expect(String(error)).toContain('batch was given a value that is null: give an object of options');
	});

	it.each([
		[{ signal: 5 }, 'batch.signal is of type number: give an AbortSignal'],
		[{ ordered: 'yes' }, 'batch.ordered is yes: give true or false'],
	])('refuses %j', async (options, text) => {
		await using client = new HttpClient();
		const error = await rejection(all(client.batch(['http://127.0.0.1:1/'], options as object)));
		expect(error).toBeInstanceOf(InvalidRequestError);
		expect(String(error)).toContain(text);
	});

	it('refuses an option that it does not have', async () => {
		await using client = new HttpClient();
		// @ts-expect-error: what a JavaScript caller may pass
		const error = await rejection(all(client.batch([], { concurency: 3 })));
		expect(String(error)).toContain('did you mean "concurrency"');
	});
});
