import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LoggedRequest, startApi, startServer } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import {
	expectedNames,
	newItems,
	newNames,
	readResults,
	runBatch,
	startBatch,
	writeLines,
} from './fixtures/api-batch.ts';
import { runScript } from './fixtures/process.ts';
import { between, seededRandom } from './fixtures/seed.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

/** Nobody listens on port 1 of a test machine. */
const NOWHERE = 'http://127.0.0.1:1/';

/** The most requests that arrived within any `windowMs`. */
function mostWithin(requests: readonly LoggedRequest[], windowMs: number): number {
	let first = 0;
	let most = 0;
	for (const [index, { at }] of requests.entries()) {
		while ((requests[first]?.at ?? at) <= at - windowMs) first += 1;
		most = Math.max(most, index - first + 1);
	}
	return most;
}

/** The lines of the requests that were let in, as often as they were. */
function linesAsked(requests: readonly LoggedRequest[]): string[] {
	return requests.filter(({ status }) => status !== 401).flatMap(({ headers }) => headers['x-line'] ?? []);
}

describe('a run over several lifetimes of its token', () => {
	it('does all it was asked for once, at the rate, and signs in about once a lifetime', async () => {
		await using api = await startApi();
		await using folder = await temporaryFolder();
		const [requests, results] = [folder.file('requests.jsonl'), folder.file('results.jsonl')];
		const reads = Array.from({ length: 250 }, (_, index) => ({
			path: `/items/${1 + (index % 25)}`,
			query: { n: index },
		}));
		writeLines(requests, [...newItems(250), ...reads]);
		await using batch = startBatch({ api, requests, results, options: ['--rate', '100/s'] });
		while (api.log.requests.length === 0) await sleep(1);
		const delay = monitorEventLoopDelay({ resolution: 5 });
		delay.enable();
		const { code, stdout, output } = await batch.ended;
		const lateMs = 2 * (delay.max / 1e6) + 150;

		expect({ code, output }).toMatchObject({ code: 0 });
		expect(stdout).toMatch(/^500 requests in \S+: 500 succeeded, 0 failed\.\nResults: .*results\.jsonl\n$/);
		expect(newNames(api)).toEqual(expectedNames(250));
		const rows = readResults(results);
		expect(rows.every(({ ok, json, attempts, ms }) => ok && json !== undefined && attempts && ms)).toBe(true);
		expect(rows.map(({ line }) => line).sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
		expect(rows.find(({ line }) => line === 7)).toMatchObject({ id: 'new-7', method: 'POST', status: 201 });
		expect(rows.find(({ line }) => line === 251)).toMatchObject({ id: 251, url: `${api.url}/items/1?n=0` });

		// Five seconds at the least. A token of two seconds is replaced when half of its life is over, and not before.
		expect(api.logins).toBeGreaterThanOrEqual(3);
		expect(api.log.minGapMs('/login')).toBeGreaterThan(900);
		// Logins count too. The server sees requests later than they were sent, the more so on a busy machine.
		console.log(`at most ${mostWithin(api.log.requests, 1_000 - lateMs)} within ${Math.round(1_000 - lateMs)} ms`);
		expect(mostWithin(api.log.requests, 1_000 - lateMs)).toBeLessThanOrEqual(100);
		for (const secret of [api.password, 'Bearer']) expect(output + readFileSync(results, 'utf8')).not.toContain(secret);
	});
});

describe('a run that was killed goes on', () => {
	it('after three kills: every item is made once, and nothing that succeeded is asked for again', async () => {
		const random = seededRandom('api-batch, kill -9');
		// What is made is made before the answer: a kill in between leaves an item of which the client knows nothing.
		await using api = await startApi({ delayMs: 20 });
		await using folder = await temporaryFolder();
		const [requests, results] = [folder.file('requests.jsonl'), folder.file('results.jsonl')];
		writeLines(requests, newItems(300));
		const command = { api, requests, results, options: ['--concurrency', '10', '--quiet'] };
		const moments = Array.from({ length: 3 }, () => between(random, 1, 90));
		console.log(`killed after ${moments.join(', ')} requests more`);

		const again: string[][] = [];
		const known: (readonly [Set<string>, number])[] = [];
		for (const after of moments) {
			await using batch = startBatch(command);
			const goal = api.log.hits('/items') + after;
			while (api.log.hits('/items') < goal) await sleep(1);
			batch.signal('SIGKILL');
			expect((await batch.ended).signal).toBe('SIGKILL');
			const done = new Set(readResults(results).map(({ line }) => String(line)));
			known.push([done, api.log.requests.length]);
		}
		expect(await runBatch(command)).toMatchObject({ code: 0, output: '' });

		for (const [done, from] of known)
			again.push(linesAsked(api.log.requests.slice(from)).filter((line) => done.has(line)));
		expect(again).toEqual([[], [], []]);
		expect(newNames(api)).toEqual(expectedNames(300));
		const rows = readResults(results);
		expect(rows.every(({ ok }) => ok)).toBe(true);
		expect(new Set(rows.map(({ id }) => id)).size).toBe(300);
		expect(rows.length).toBe(300);
		console.log(`${linesAsked(api.log.requests).length - 300} requests more than without kills`);
	});

	it('after a kill in the middle of a line: that one is cut off and asked for again', async () => {
		await using api = await startApi();
		await using folder = await temporaryFolder();
		const [requests, results] = [folder.file('requests.jsonl'), folder.file('results.jsonl')];
		writeLines(requests, newItems(5));
		await runBatch({ api, requests, results });
		const whole = readFileSync(results);
		const torn = readResults(results).at(-1);
		truncateSync(results, whole.length - 30);
		const { code, stdout } = await runBatch({ api, requests, results });
		expect({ code, stdout }).toMatchObject({
			code: 0,
			stdout: expect.stringContaining('4 requests had succeeded before.'),
		});
		expect(
			readResults(results)
				.map(({ line }) => line)
				.sort(),
		).toEqual([1, 2, 3, 4, 5]);
		expect(readResults(results).at(-1)).toMatchObject({ id: torn?.id, json: torn?.json });
		expect(newNames(api)).toEqual(expectedNames(5));
	});
});

describe.concurrent('lines without id', () => {
	it('are each done once, although others were put in before them', async () => {
		await using api = await startApi();
		await using folder = await temporaryFolder();
		const [requests, results] = [folder.file('requests.jsonl'), folder.file('results.jsonl')];
		const item = (name: string) => ({ method: 'POST', path: 'items', json: { name: `New ${name}` } });
		writeLines(requests, ['a', 'b', 'b', 'c'].map(item));
		expect(await runBatch({ api, requests, results })).toMatchObject({ code: 0 });

		writeLines(requests, ['x', 'c', 'b', 'a', 'b', 'y', 'b'].map(item));
		const { code, stdout } = await runBatch({ api, requests, results });
		expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('3 requests in') });
		expect(newNames(api)).toEqual(['a', 'b', 'b', 'b', 'c', 'x', 'y'].map((name) => `New ${name}`));
		const added = readResults(results).slice(4);
		expect(added.map(({ id, line }) => [id, line]).sort()).toEqual([
			[1, 1],
			[6, 6],
			[7, 7],
		]);
		const keys = api.log.select(({ status }) => status === 201).map(({ headers }) => headers['idempotency-key']);
		expect(new Set(keys).size).toBe(7);
	});
});

describe('Ctrl-C', () => {
	it('lets what is in flight finish, leaves with 130, and the next run does the rest', async () => {
		await using api = await startApi({ delayMs: 50 });
		await using folder = await temporaryFolder();
		const [requests, results] = [folder.file('requests.jsonl'), folder.file('results.jsonl')];
		writeLines(requests, newItems(200));
		await using batch = startBatch({ api, requests, results, options: ['--rate', '60/s'] });
		while (api.log.hits('/items') < 20) await sleep(1);
		batch.signal('SIGINT');
		const stopped = await batch.ended;
		expect(stopped).toMatchObject({ code: 130, signal: null });
		expect(stopped.stderr).toContain('Ctrl-C again leaves at once');
		expect(stopped.stdout).toContain('Stopped before the end: the same command goes on from here.');
		// All that was sent was answered and noted, and it was not all there is.
		expect(api.log.hits(({ status }) => status === 0)).toBe(0);
		const noted = readResults(results).map(({ line }) => String(line));
		expect(noted.sort()).toEqual(linesAsked(api.log.requests).sort());
		expect(noted.length).toBeLessThan(200);

		expect(await runBatch({ api, requests, results })).toMatchObject({ code: 0 });
		expect(linesAsked(api.log.requests).length).toBe(200);
		expect(newNames(api)).toEqual(expectedNames(200));
	});

	it('leaves at once when it comes a second time', async () => {
		await using server = await startServer(() => {});
		await using folder = await temporaryFolder();
		const requests = folder.file('requests.jsonl');
		writeLines(requests, newItems(3));
		await using batch = startBatch({ api: server.url, requests, results: folder.file('results.jsonl') });
		while (server.log.inFlight < 3) await sleep(1);
		batch.signal('SIGINT');
		// Long enough to be a second one: npm passes on a Ctrl-C that the process has had from the terminal already.
		await sleep(1_000);
		expect(server.log.inFlight).toBe(3);
		batch.signal('SIGINT');
		const ended = await batch.ended;
		expect(ended).toMatchObject({ code: 130, signal: null, stdout: '' });
		expect(existsSync(folder.file('results.jsonl-lock'))).toBe(false);
	});
});

describe.concurrent('failures', () => {
	it('are tried again, and after all tries kept until they are asked for', async () => {
		await using api = await startApi({ failEvery: 3 });
		await using folder = await temporaryFolder();
		const [requests, results] = [folder.file('requests.jsonl'), folder.file('results.jsonl')];
		writeLines(requests, newItems(20));
		const command = { api, requests, results };
		const first = await runBatch({ ...command, options: ['--retries', '0'] });
		const failed = readResults(results).filter(({ ok }) => !ok);
		expect(first).toMatchObject({ code: 1, stdout: expect.stringContaining(`${failed.length} failed.`) });
		expect(failed.length).toBeGreaterThan(0);
		expect(failed[0]).toMatchObject({ status: 503, json: { status: 503 }, error: { code: 'ORB_HTTP_STATUS' } });
		expect(first.stdout).toContain(`line ${failed[0]?.line}: POST ${api.url}/items answered 503 Service Unavailable\n`);

		const asked = api.log.requests.length;
		const second = await runBatch(command);
		expect(second).toMatchObject({ code: 1, stdout: expect.stringContaining('Nothing was left to do.') });
		expect(second.stdout).toContain(`${failed.length} requests had failed before; --retry-failed runs them again.`);
		expect(api.log.requests.length).toBe(asked);

		const third = await runBatch({ ...command, options: ['--retry-failed', '--retries', '5'] });
		expect(third).toMatchObject({ code: 0 });
		expect(newNames(api)).toEqual(expectedNames(20));
		expect(readResults(results).filter(({ ok }) => ok).length).toBe(20);
		expect(linesAsked(api.log.select(({ status }) => status === 201)).length).toBe(20);
	});

	it('of single lines name the file and the line, and do not stop the others', async () => {
		await using api = await startApi();
		await using folder = await temporaryFolder();
		const [requests, results] = [folder.file('requests.jsonl'), folder.file('results.jsonl')];
		const lines = [
			{ id: 'a', path: 'items/1' },
			'{"path": "items/1"',
			'',
			'[1]',
			{ id: 'a', path: 'items/2' },
			{ id: 'b', path: 'items/1', methd: 'PUT' },
			{ id: 'c', path: 'items/4711' },
			{ id: 'd', path: 'items/2' },
		];
		writeLines(requests, lines);
		const command = { api, requests, results };
		const { code, stdout } = await runBatch(command);
		const rows = readResults(results).sort((a, b) => a.line - b.line);
		expect(code).toBe(1);
		expect(stdout).toContain('7 requests');
		expect(stdout).toContain(`${requests} line 2 is not JSON`);
		expect(rows.map(({ id, line, ok, error }) => [id, line, ok, error?.code])).toEqual([
			['a', 1, true, undefined],
			[2, 2, false, 'BAD_LINE'],
			[4, 4, false, 'BAD_LINE'],
			['a', 5, false, 'DUPLICATE_ID'],
			['b', 6, false, 'BAD_LINE'],
			['c', 7, false, 'ORB_HTTP_STATUS'],
			['d', 8, true, undefined],
		]);
		expect(rows[4]?.error?.message).toBe(
			`${requests} line 6 has "methd": did you mean "method"? Names: id, method, path, url, query, headers, json.`,
		);

		lines[1] = { id: 'mended', path: 'items/3' };
		writeLines(requests, lines);
		const mended = await runBatch(command);
		expect(mended).toMatchObject({ code: 1, stdout: expect.stringContaining('1 request in') });
		expect(readResults(results).slice(rows.length)).toMatchObject([{ id: 'mended', line: 2, ok: true }]);
	});

	it('to sign in end the run with one sentence, and no line is taken for done', async () => {
		await using api = await startApi();
		await using folder = await temporaryFolder();
		const [requests, results] = [folder.file('requests.jsonl'), folder.file('results.jsonl')];
		writeLines(requests, newItems(50));
		const ended = await runBatch({ api, requests, results, password: 'byron' });
		expect(ended).toMatchObject({ code: 1, stdout: '' });
		expect(ended.stderr).toBe(
			`Signing in as "ada" failed: ${api.url}/login answered 401: is the password in API_PASSWORD the right one?\n`,
		);
		expect(readResults(results)).toEqual([]);
		expect(api.log.requests.length).toBe(1);
		expect(await runBatch({ api, requests, results })).toMatchObject({ code: 0 });
	});

	it('to sign in at a wrong address name the options for it, and in the middle tell how far the run came', async () => {
		let logins = 0;
		let items = 0;
		await using server = await startServer({
			'/login': (_, response) => {
				logins += 1;
				response.statusCode = logins > 1 ? 404 : 200;
				response.end('{"access_token":"first"}');
			},
			'*': (_, response) => {
				items += 1;
				response.statusCode = items > 3 ? 401 : 201;
				response.end();
			},
		});
		await using folder = await temporaryFolder();
		const [requests, results] = [folder.file('requests.jsonl'), folder.file('results.jsonl')];
		writeLines(requests, newItems(9));
		const options = ['--user', 'ada', '--concurrency', '1'];
		const ended = await runBatch({ api: server.url, requests, results, options, password: 'x' });
		expect(ended).toMatchObject({ code: 1 });
		expect(ended.stderr).toContain('/login answered 404: --login-path or --base-url may be wrong.\n');
		expect(ended.stdout).toContain(
			'3 succeeded, 0 failed.\nStopped before the end: the same command goes on from here.',
		);
		expect(ended.stdout).toContain(`Results: ${results}\n`);
	});

	it('that all are a 401 without a user name the option that signs in', async () => {
		await using api = await startApi();
		await using folder = await temporaryFolder();
		const [requests, results] = [folder.file('requests.jsonl'), folder.file('results.jsonl')];
		writeLines(requests, newItems(3));
		const { code, stdout } = await runBatch({ api: api.url, requests, results });
		expect(code).toBe(1);
		expect(stdout.match(/Every answer was 401: --user <name> signs in\./g)).toHaveLength(1);
	});

	it('because nobody is there are told once, or for each line when nobody has to sign in', async () => {
		await using folder = await temporaryFolder();
		const [requests, results] = [folder.file('requests.jsonl'), folder.file('results.jsonl')];
		writeLines(requests, newItems(2));
		const command = { api: NOWHERE, requests, results };
		const signedIn = await runBatch({ ...command, options: ['--user', 'ada'], password: 'lovelace' });
		expect(signedIn).toMatchObject({ code: 1, stdout: '' });
		expect(signedIn.stderr).toMatch(
			/^Signing in as "ada" failed: POST \S+\/login got no response: .*ECONNREFUSED.*\n$/,
		);
		expect(readResults(results)).toEqual([]);

		const anonymous = await runBatch(command);
		expect(anonymous).toMatchObject({ code: 1, stdout: expect.stringContaining('0 succeeded, 2 failed.') });
		expect(readResults(results)).toMatchObject([
			{ ok: false, attempts: 0, error: { code: 'ORB_HTTP_CONNECT' } },
			{ ok: false, attempts: 0, error: { code: 'ORB_HTTP_CONNECT' } },
		]);
	});
});

describe.concurrent('a command that cannot be used', () => {
	it('is said to be, in one sentence, with exit code 2, by npm run api-batch', async () => {
		const { code, stderr } = await runScript('api-batch', 'requests.jsonl', '--base-url', 'example.com');
		expect({ code, stderr }).toEqual({
			code: 2,
			stderr: '--base-url must be an http(s) URL such as https://api.example.com/v1/, got "example.com".\n',
		});
	});
});

describe.concurrent('standard input', () => {
	it('is read as it comes, and resumed like a file', async () => {
		await using api = await startApi();
		await using folder = await temporaryFolder();
		const results = folder.file('results.jsonl');
		const input = newItems(3).map((item) => JSON.stringify(item));
		const command = { api, requests: '-', results };
		expect(await runBatch({ ...command, input: input.slice(0, 2).join('\n') })).toMatchObject({ code: 0 });
		const { code, stdout } = await runBatch({ ...command, input: input.join('\r\n') });
		expect({ code, stdout }).toMatchObject({
			code: 0,
			stdout: expect.stringContaining('2 requests had succeeded before.'),
		});
		expect(newNames(api)).toEqual(expectedNames(3));
	});
});
