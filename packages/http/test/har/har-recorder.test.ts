import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Har, HarRecorder, HttpClient, MockTransport } from '../../src/index.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection } from '../support/until.ts';

describe('HarRecorder', () => {
	it('records what happened, over a real connection', async () => {
		await using server = await startRawServer((socket, head) => {
			if (head.startsWith('GET /old')) socket.write(response('', 'Location: /new?a=b\r\n', '301 Moved Permanently'));
			else socket.write(response('page', 'Content-Type: text/plain\r\n'));
		});
		const har = new HarRecorder({ bodies: true });
		const client = new HttpClient({ hooks: har.hooks });
		await (await client.get(`${server.origin}/old`)).text();
		await client.close();
		const [first, second] = har.toJSON().log.entries;
		expect(first).toMatchObject({
			request: { method: 'GET', url: `${server.origin}/old`, bodySize: 0 },
			response: { status: 301, statusText: 'Moved Permanently', redirectURL: '/new?a=b', bodySize: 0 },
		});
		expect(second).toMatchObject({
			request: { queryString: [{ name: 'a', value: 'b' }] },
			response: { status: 200, bodySize: 4, content: { size: 4, mimeType: 'text/plain', text: 'page' } },
		});
		const { wait, receive } = (second as NonNullable<typeof second>).timings;
		expect(wait).toBeGreaterThan(0);
		expect(second?.time).toBeCloseTo(wait + receive, 2);
		expect(new Date(second?.startedDateTime ?? '').getTime()).toBeGreaterThan(Date.now() - 60_000);
	});

	it('keeps secrets to itself, unless told otherwise', async () => {
		const transport = new MockTransport(() => ({ headers: { 'Set-Cookie': 'id=secret' } }));
		const headers = { Authorization: 'Bearer secret', Cookie: 'secret', 'X-Api-Key': 'secret', 'X-Token': 'secret' };
		const record = async (har: HarRecorder): Promise<string> => {
			await using client = new HttpClient({ hooks: har.hooks, transport });
			await (await client.get('https://api.test/', { headers })).text();
			return JSON.stringify(har);
		};
		expect(await record(new HarRecorder({ redact: ['x-token'] }))).not.toContain('secret');
		expect(await record(new HarRecorder())).toContain('"name":"x-token","value":"secret"');
		expect((await record(new HarRecorder({ redact: false }))).split('secret')).toHaveLength(6);
	});

	it('keeps the secrets of URLs to itself too', async () => {
		const har = new HarRecorder();
		await using client = new HttpClient({ hooks: har.hooks, transport: new MockTransport(() => ({})) });
		await client.get('https://api.test/?page=2&Token=hidden&token=hidden');
		expect(JSON.stringify(har)).not.toContain('hidden');
		expect(har.toJSON().log.entries[0]?.request.queryString).toContainEqual({ name: 'page', value: '2' });
	});

	it.each([
		'https://files.test/a?X-Amz-Signature=hidden',
		'/done#access_token=hidden&state=1',
		'https://ada:hidden@files.test/a',
		'https://ada:hidden@[::1/',
	])('keeps the secret of an address that is redirected to: %s', async (location) => {
		const record = async (har: HarRecorder): Promise<string> => {
			const transport = new MockTransport(() => ({ status: 302, headers: { location } }));
			await using client = new HttpClient({ hooks: har.hooks, transport, maxRedirects: 0 });
			await client.get('https://api.test/', { headers: { Referer: 'https://api.test/?token=hidden' } });
			return JSON.stringify(har);
		};
		expect(await record(new HarRecorder())).not.toContain('hidden');
		expect(await record(new HarRecorder({ redact: false }))).toContain(`"redirectURL":"${location}"`);
	});

	it('keeps bodies only when asked, up to a size, and bytes as base64', async () => {
		const bodies = ['tiny', 'x'.repeat(2_000), Buffer.from([0xff, 0xfe, 0x00])];
		const transport = new MockTransport(({ path }) => ({ body: bodies[Number(path.slice(1))] as string }));
		const har = new HarRecorder({ bodies: true, maxBodyBytes: 1_000 });
		await using client = new HttpClient({ hooks: har.hooks, transport, baseUrl: 'https://api.test/' });
		for (const [index] of bodies.entries()) await (await client.post(String(index), { body: 'sent' })).bytes();
		const contents = har.toJSON().log.entries.map((entry) => entry.response.content);
		expect(contents[0]).toMatchObject({ text: 'tiny', size: 4 });
		expect(contents[1]).not.toHaveProperty('text');
		expect(contents[1]).toMatchObject({ size: 2_000 });
		expect(contents[2]).toMatchObject({ text: '//4A', encoding: 'base64' });
		expect(har.toJSON().log.entries[0]?.request.postData).toMatchObject({ text: 'sent' });
	});

	it('records a failure with its reason', async () => {
		const har = new HarRecorder();
		await using client = new HttpClient({ hooks: har.hooks, retry: false });
		await rejection(client.get('http://127.0.0.1:1/'));
		expect(har.toJSON().log.entries).toMatchObject([
			{ response: { status: 0, _error: expect.stringContaining('ECONNREFUSED') } },
		]);
	});

	it('forgets the oldest beyond maxEntries', async () => {
		const har = new HarRecorder({ maxEntries: 3 });
		await using client = new HttpClient({ hooks: har.hooks, transport: new MockTransport(() => ({})) });
		for (let i = 0; i < 5; i++) await (await client.get(`https://api.test/${i}`)).text();
		expect(har.toJSON().log.entries.map(({ request }) => request.url.at(-1))).toEqual(['2', '3', '4']);
		expect(har.forgotten).toBe(2);
	});

	it('is written to a file', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'orbweaver-har-'));
		onTestFinished(() => rm(folder, { recursive: true }));
		const har = new HarRecorder();
		await using client = new HttpClient({ hooks: har.hooks, transport: new MockTransport(() => ({})) });
		await (await client.get('https://api.test/')).text();
		await har.save(join(folder, 'x.har'));
		const { log } = JSON.parse(await readFile(join(folder, 'x.har'), 'utf8')) as Har;
		expect([log.version, log.entries.length]).toEqual(['1.2', 1]);
	});

	it('refuses an option that it does not have', () => {
		// @ts-expect-error: what a JavaScript caller may pass
		expect(() => new HarRecorder({ bodys: true })).toThrow('did you mean "bodies"');
		const wrong = { redact: 5, bodies: 'no' } as unknown as { redact: string[]; bodies: boolean };
		expect(() => new HarRecorder({ redact: wrong.redact })).toThrow('redact is of type number: give a list of names');
		expect(() => new HarRecorder({ bodies: wrong.bodies })).toThrow('bodies is no: give true or false');
	});
});
