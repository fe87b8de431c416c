import { describe, expect, it } from 'vitest';
import { HttpClient, JsonError, type MockAnswer, MockTransport, StatusError } from '../../src/index.ts';
import { rejection } from '../support/until.ts';

const url = 'https://api.test/';

async function ask(answer: MockAnswer, options = {}) {
	const client = new HttpClient({ transport: new MockTransport(() => answer), retry: false });
	return await client.get(url, options);
}

describe('HttpResponse', () => {
	it('tells status, headers and times', async () => {
		const answer = await ask({ status: 404, statusText: 'Not Found', headers: { 'Set-Cookie': ['a=1', 'b=2'] } });
		expect(answer).toMatchObject({ status: 404, statusText: 'Not Found', ok: false, url, method: 'GET' });
		expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
		expect(answer.header('SET-cookie')).toBe('a=1');
		expect(answer.header('x')).toBeUndefined();
		expect(answer.redirectUrls).toEqual([]);
		expect(answer.timings.sentMs).toBeLessThanOrEqual(answer.timings.headersMs);
	});

	it.each([
		[200, true],
		[299, true],
		[300, false],
	])('%d is ok: %s', async (status, ok) => {
		expect((await ask({ status })).ok).toBe(ok);
	});

	it('reads text in its charset', async () => {
		const headers = { 'Content-Type': 'text/plain; charset=windows-1252' };
		expect(await (await ask({ headers, body: Buffer.from([0x80, 0xe9]) })).text()).toBe('€é');
	});

	it('says what is there instead of JSON', async () => {
		const error = await rejection((await ask({ body: '<html>\n  Sorry </html>' })).json());
		expect(error).toBeInstanceOf(JsonError);
		expect(error).toMatchObject({
			code: 'ORB_HTTP_JSON',
			excerpt: '<html> Sorry </html>',
			cause: expect.any(SyntaxError),
		});
		expect(String(error)).toBe(`JsonError: GET ${url} has a body that is not JSON: <html> Sorry </html>`);
		expect(String(await rejection((await ask({})).json()))).toContain('an empty body, not JSON');
	});

	it('ensureOk hands itself out below 400', async () => {
		const answer = await ask({ status: 304 });
		expect(await answer.ensureOk()).toBe(answer);
	});

	it('ensureOk throws the status and the beginning of the body', async () => {
		const body = JSON.stringify({ error: 'no such user', detail: 'x'.repeat(1_000) });
		const error = await rejection((await ask({ status: 422, statusText: 'Unprocessable', body })).ensureOk());
		expect(error).toBeInstanceOf(StatusError);
		expect(error).toMatchObject({ code: 'ORB_HTTP_STATUS', status: 422, method: 'GET', url });
		expect((error as StatusError).excerpt).toHaveLength(301);
		expect(String(error)).toContain('answered 422 Unprocessable: {"error":"no such user"');
	});

	it('has the limit of the call', async () => {
		const error = await rejection((await ask({ body: 'too much' }, { maxBodyBytes: 3 })).text());
		expect(error).toMatchObject({ code: 'ORB_HTTP_BODY_TOO_LARGE', limitBytes: 3 });
	});
});
