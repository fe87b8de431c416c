import { readFileSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { HttpClient } from '@orbweaver/http';
import { type EchoedRequest, startEcho, startServer } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import type { ApiRequest } from '../apps/api-batch/src/api-request.ts';
import { readArguments, UsageError } from '../apps/api-batch/src/arguments.ts';
import { FAILED, IdTable, SEEN, SUCCEEDED } from '../apps/api-batch/src/id-table.ts';
import { idempotencyKey } from '../apps/api-batch/src/idempotency-key.ts';
import { isCountable } from '../apps/api-batch/src/input.ts';
import { parseRequest } from '../apps/api-batch/src/parse-request.ts';
import { progressLine } from '../apps/api-batch/src/progress.ts';
import { parseRate } from '../apps/api-batch/src/rate.ts';
import { RateMeter } from '../apps/api-batch/src/rate-meter.ts';
import { countLines, type Line, readLines } from '../apps/api-batch/src/read-lines.ts';
import { ResultFile } from '../apps/api-batch/src/result-file.ts';
import { resultOf } from '../apps/api-batch/src/result-line.ts';
import { between, seededRandom } from './fixtures/seed.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

const BASE = 'https://api.example.com/v1/';

function requestOf(line: object | string): ApiRequest {
	const parsed = parseRequest(typeof line === 'string' ? line : JSON.stringify(line), 7, BASE);
	if ('request' in parsed) return parsed.request;
	throw new Error(parsed.problem);
}

describe('lines', () => {
	it('are those of the text, however it is cut into chunks', async () => {
		const random = seededRandom('lines in chunks');
		for (let round = 0; round < 200; round++) {
			const lines = Array.from({ length: between(random, 0, 6) }, () => 'ä'.repeat(between(random, 0, 5)));
			const bytes = Buffer.from(lines.join('\n'));
			const chunks: Buffer[] = [];
			for (let at = 0; at < bytes.length; ) {
				const to = at + between(random, 1, 8);
				chunks.push(bytes.subarray(at, to));
				at = to;
			}
			const read: Line[] = [];
			for await (const line of readLines(Readable.from(chunks), 4)) read.push(line);
			const expected = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
			// A line of more than four bytes is read past.
			expect(read.map((line) => line.bytes?.toString())).toEqual(
				expected.map((line) => (line.length > 2 ? undefined : line)),
			);
			expect(read.every(({ isWhole }, index) => isWhole === index < lines.length - 1)).toBe(true);
			expect(read.at(-1)?.endsAt ?? 0).toBe(bytes.length);
			expect(await countLines(Readable.from(chunks))).toBe(expected.length);
		}
	});
});

describe('a line of the input', () => {
	it('is a request', () => {
		expect(requestOf({ path: '/items/1' })).toEqual({
			...{ line: 7, method: 'GET', url: `${BASE}items/1`, headers: {} },
		});
		expect(
			requestOf({ id: 'a', method: 'post', url: 'http://other.example/x', json: null, query: { a: [1, 'b'] } }),
		).toEqual({
			...{ id: 'a', line: 7, method: 'POST', url: 'http://other.example/x' },
			...{ headers: {}, json: [null], query: { a: [1, 'b'] } },
		});
	});

	it.each([
		['{', 'is not JSON: '],
		['nonsense with a secret', 'is not JSON: Unexpected token'],
		['[]', 'is not a JSON object'],
		['{}', 'must have a "path"'],
		['{"path": "a", "url": "http://a/"}', 'must have a "path"'],
		['{"path": "http://elsewhere.example/"}', `is an absolute URL and not below ${BASE}: use "url"`],
		['{"path": 3}', 'has a "path" that is a number'],
		['{"path": "../v2/items"}', `does not lead to anything below ${BASE}`],
		['{"url": "items/1"}', 'not an absolute http(s) URL'],
		['{"path": "a", "id": null}', 'has an "id" that is no text'],
		['{"path": "a", "id": 12345678901234567890}', 'up to 2^53'],
		['{"path": "a", "method": "GET /"}', 'has the "method" "GET /", which is none'],
		['{"path": "a", "query": [1]}', 'has a "query"'],
		['{"path": "a", "query": {"n": 12345678901234567890}}', '"n" is no text, exact number'],
		['{"path": "a", "headers": {"X": 1}}', 'has a header "X"'],
		['{"path": "a", "body": "x"}', 'has "body": did you mean "'],
	])('that cannot be one says why: %s', (line, problem) => {
		expect(() => requestOf(line)).toThrow(problem);
		expect(() => requestOf(line)).not.toThrow('secret');
	});

	it('keeps the digits of its numbers on their way to the API, and those of the answer', async () => {
		await using echo = await startEcho();
		await using client = new HttpClient();
		const body = '{"id":12345678901234567890,"price":0.10000000000000000555,"few":1e400,"plain":[1,2.5]}';
		const request = requestOf(`{"method": "POST", "path": "x", "json": ${body}}`);
		const answer = await client.post(`${echo.url}/echo`, { json: request.json?.[0] });
		expect((await answer.json<EchoedRequest>()).body.text).toBe(body);

		const pretty = '{\r\n  "id": 12345678901234567890\n}\n';
		await using server = await startServer({ '/': { headers: { 'Content-Type': 'application/json' }, body: pretty } });
		const response = await client.get(server.url);
		const { json } = await resultOf({ request, key: '=a.1' }, { response }, { attempts: 1, ms: 1 });
		expect(json).toContain('"json":{   "id": 12345678901234567890 },');
		expect(JSON.parse(json)).toMatchObject({ id: 7, key: '=a.1', ok: true });
	});
});

describe('the idempotency key', () => {
	const post = requestOf({ id: 'a', method: 'POST', path: 'items', json: { name: 'x' } });

	it('belongs to a run, an id and what is sent', () => {
		const key = idempotencyKey('run', 'a', post);
		expect(key).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
		expect(idempotencyKey('run', 'a', { ...post, line: 8, json: [{ name: 'x' }] })).toBe(key);
		const others = [{ method: 'PATCH' }, { url: `${BASE}others` }, { json: [{ name: 'y' }] as const }];
		const keys = others.map((change) => idempotencyKey('run', 'a', { ...post, ...change }));
		expect(new Set([key, idempotencyKey('other', 'a', post), idempotencyKey('run', 'b', post), ...keys]).size).toBe(6);
	});

	it('is given to nothing that needs none, or has its own', () => {
		expect(idempotencyKey('run', 'a', requestOf({ method: 'PUT', path: 'items/1' }))).toBeUndefined();
		expect(idempotencyKey('run', 'a', { ...post, headers: { 'idempotency-KEY': 'mine' } })).toBeUndefined();
	});
});

describe('the table of ids', () => {
	it('knows of a hundred thousand what a Map knows', () => {
		const random = seededRandom('ids');
		const table = new IdTable();
		const model = new Map<string, number>();
		for (let step = 0; step < 150_000; step++) {
			const id = String(between(random, 0, 100_000));
			const marks = [FAILED, SUCCEEDED, SEEN][between(random, 0, 2)] ?? 0;
			table.add(id, marks);
			model.set(id, (model.get(id) ?? 0) | marks);
		}
		expect(table.size).toBe(model.size);
		const wrong = Array.from({ length: 100_100 }, (_, id) => String(id)).filter(
			(id) => table.get(id) !== (model.get(id) ?? 0),
		);
		expect(wrong).toEqual([]);
	});
});

describe('the command line', () => {
	const read = (...args: string[]) => readArguments(args, { API_PASSWORD: 'secret', OTHER: '' });

	it('has defaults for all but the input and the base URL', () => {
		expect(read('in/requests.jsonl', '--base-url', 'http://127.0.0.1:8082/v1')).toMatchObject({
			...{ baseUrl: 'http://127.0.0.1:8082/v1/', output: 'in/requests.results.jsonl', account: undefined },
			...{ concurrency: 20, rate: undefined, retryFailed: false, quiet: false },
		});
		expect(read('r', '--base-url', BASE, '--user', 'ada', '--rate', '600/min', '--timeout', '1.5')).toMatchObject({
			account: { user: 'ada', password: 'secret', loginUrl: `${BASE}login` },
			...{ rate: { maxCalls: 600, periodMs: 60_000 }, timeoutMs: 1_500 },
		});
	});

	it.each([
		['no input', ['--base-url', BASE], 'Which requests?'],
		['two inputs', ['a', 'b', '--base-url', BASE], '"b" is one file too many'],
		['no base URL', ['a'], 'Which API?'],
		['a password in the base URL', ['a', '--base-url', 'http://ada:lovelace@a.example/'], 'no user and no password'],
		['a query in the base URL', ['a', '--base-url', `${BASE}?key=1`], 'without "?key=1"'],
		['an unknown option', ['a', '--base-url', BASE, '--rates', '1/s'], 'no option --rates: did you mean --rate?'],
		['an option without value', ['a', '--base-url', BASE, '--user'], '--user needs a value, such as --user ada'],
		['a rate without time', ['a', '--base-url', BASE, '--rate', '50'], '--rate must be'],
		['a rate of nothing', ['a', '--base-url', BASE, '--rate', '0/s'], 'got "0/s"'],
		['no concurrency', ['a', '--base-url', BASE, '--concurrency', '0'], '--concurrency must be a number of at least 1'],
		['half a request', ['a', '--base-url', BASE, '--concurrency', '1.5'], '--concurrency must be a whole number'],
		['no time', ['a', '--base-url', BASE, '--timeout', '0'], '--timeout must be'],
		['negative retries', ['a', '--base-url', BASE, '--retries=-1'], '--retries must be'],
		[
			'a user without password',
			['a', '--base-url', BASE, '--user', 'x', '--password-env', 'OTHER'],
			'OTHER is not set',
		],
		[
			'a login elsewhere',
			['a', '--base-url', BASE, '--user', 'x', '--login-path', 'http://b.example/'],
			'--login-path',
		],
		['standard input without output', ['-', '--base-url', BASE], 'want an --output'],
	])('refuses %s in one sentence', (_, args, words) => {
		expect(() => read(...args)).toThrow(UsageError);
		expect(() => read(...args)).toThrow(words);
		expect(() => read(...args)).not.toThrow('lovelace');
	});

	it('knows rates a second, a minute and an hour', () => {
		expect(parseRate('5/h')).toEqual({ maxCalls: 5, periodMs: 3_600_000 });
		expect(['5', '5/d', '-5/s', '0.5/s', '5/s ', '/s'].map(parseRate)).toEqual(Array(6).fill(undefined));
	});
});

describe('the files', () => {
	const RESULT = '{"id":"a","line":1,"ok":true}\n';
	const origin = { input: 'requests.jsonl', baseUrl: BASE };

	it('of requests must be there', async () => {
		await using folder = await temporaryFolder();
		await expect(isCountable(folder.file('none'))).rejects.toThrow(`There is no file "${folder.file('none')}"`);
		await expect(isCountable(folder.path)).rejects.toThrow('is a folder');
	});

	it.each([
		['a diary', 'Dear diary, today I was nearly overwritten.', 'holds no results of api-batch: its first line'],
		['other lines', '{"id":1}\n{"id":2}\n', 'holds no results of api-batch: its first line'],
		[
			'lines in between',
			`{"run":"r","input":"requests.jsonl","baseUrl":"${BASE}"}\n{"x":1}\n`,
			'its line 2 is no result',
		],
		[
			'another input',
			`{"run":"r","input":"other.jsonl","baseUrl":"${BASE}"}\n${RESULT}`,
			'the results of other.jsonl against',
		],
		[
			'another API',
			`{"run":"r","input":"requests.jsonl","baseUrl":"http://b/"}\n${RESULT}`,
			'remove it or give another',
		],
	])('of results are left as they are when they are %s', async (_, content, words) => {
		await using folder = await temporaryFolder();
		const path = folder.file('results.jsonl');
		writeFileSync(path, content);
		await expect(ResultFile.open(path, origin)).rejects.toThrow(words);
		expect(readFileSync(path, 'utf8')).toBe(content);
	});

	it('of results keep their run, lose a torn line, and belong to one run at a time', async () => {
		await using folder = await temporaryFolder();
		const path = folder.file('results.jsonl');
		writeFileSync(path, '{"run":"tor');
		const first = await ResultFile.open(path, origin);
		first.append('{"id":"a","line":1,"ok":true}');
		await expect(ResultFile.open(path, origin)).rejects.toThrow('Another run is writing to');
		first[Symbol.dispose]();
		const before = readFileSync(path, 'utf8');
		writeFileSync(path, `${before}{"id":"b","line":2,"ok":tr`);
		using second = await ResultFile.open(path, origin);
		expect(second.runId).toBe(first.runId);
		expect([second.ids.get('"a"'), second.ids.get('"b"')]).toEqual([SUCCEEDED, 0]);
		expect(readFileSync(path, 'utf8')).toBe(before);
	});

	it('of results are made with their folder, and taken over while they hold none', async () => {
		await using folder = await temporaryFolder();
		const path = folder.file('new/results.jsonl');
		const mistyped = await ResultFile.open(path, { ...origin, baseUrl: 'http://b/' });
		mistyped[Symbol.dispose]();
		using results = await ResultFile.open(path, origin);
		expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify({ run: results.runId, ...origin })}\n`);
		expect(results.runId).not.toBe(mistyped.runId);
	});

	it('of results cannot be where no file can be', async () => {
		await using folder = await temporaryFolder();
		writeFileSync(folder.file('taken'), '');
		const below = ResultFile.open(folder.file('taken/results.jsonl'), origin);
		await expect(below).rejects.toThrow('a part of its path is a file and not a folder. Give another --output.');
		const long = ResultFile.open(folder.file('x'.repeat(300)), origin);
		await expect(long).rejects.toThrow('its name is too long. Give another --output.');
		await expect(ResultFile.open(folder.path, origin)).rejects.toThrow('it is not a file');
		if (process.platform !== 'linux') return;
		await expect(ResultFile.open('/proc/orbweaver/x', origin)).rejects.toThrow('The results cannot be kept in');
	});
});

describe('a line of progress', () => {
	it('says how far, how fast, and how long still, as far as that says anything', () => {
		const progress = { done: 300, failed: 3, total: 1_000, perSecond: 50 };
		expect(progressLine(progress)).toBe('300 of 1000 · 50/s · 3 failed · 14s left');
		expect(progressLine({ ...progress, total: undefined })).toBe('300 done · 50/s · 3 failed');
		expect(progressLine({ ...progress, perSecond: 0 })).toBe('300 of 1000 · 0.0/s · 3 failed');
		expect(progressLine({ ...progress, perSecond: undefined })).toBe('300 of 1000 · 3 failed');
		expect(progressLine({ ...progress, perSecond: 0.25 })).toBe('300 of 1000 · 0.3/s · 3 failed · 46m40s left');
		expect(progressLine({ ...progress, done: 999 })).toBe('999 of 1000 · 50/s · 3 failed');
		expect(progressLine({ ...progress, done: 1_000 })).toBe('1000 of 1000 · 3 failed');
	});

	it('has a rate that no burst at the beginning of each second makes faster', () => {
		const meter = new RateMeter();
		const rates: (number | undefined)[] = [];
		for (let second = 0; second < 40; second++) {
			const atMs = 5_000 + second * 1_000;
			if (second < 20) for (let count = 0; count < 50; count++) meter.add(atMs);
			rates.push(meter.perSecond(atMs + 500));
		}
		expect(rates[0]).toBeUndefined();
		expect(rates.slice(1, 20)).toEqual(Array(19).fill(50));
		expect(rates.slice(-5)).toEqual(Array(5).fill(0));
	});
});
