import { gzipSync } from 'node:zlib';
import { HttpClient, type HttpClientOptions } from '@orbweaver/http';
import { type Route, type Routes, startServer } from '@orbweaver/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fetchRobots } from '../../src/robots/fetch-robots.ts';
import { parseRobots, type Robots } from '../../src/robots/parse-robots.ts';
import { ROBOTS_BYTES_LIMIT } from '../../src/robots/robots-bytes.ts';
import { RobotsCache } from '../../src/robots/robots-cache.ts';
import { type RobotsOutcome, robotsVerdict } from '../../src/robots/robots-verdict.ts';

const FILE = 'User-agent: *\nDisallow: /x\n';

let client: HttpClient;
beforeEach(() => {
	client = new HttpClient({ userAgent: 'FooBot/1.0' } satisfies HttpClientOptions);
});
afterEach(async () => {
	await client.destroy();
});

async function outcomeOf(robotsTxt: Route, others: Routes = {}): Promise<RobotsOutcome> {
	await using server = await startServer({ '/robots.txt': robotsTxt, ...others });
	return await fetchRobots(client, `${server.url}/robots.txt`, { timeoutMs: 400 });
}

function read(outcome: RobotsOutcome): Robots {
	if (outcome.kind !== 'answered') throw new Error(`Expected an answer, got ${outcome.kind}`, { cause: outcome.error });
	return parseRobots(outcome.body, 'http://a.test/robots.txt');
}

function redirect(location: string): Route {
	return { status: 302, headers: { Location: location } };
}

describe('an answer', () => {
	test.each([200, 404, 401, 403, 429, 503])('of status %i', async (status) => {
		const outcome = await outcomeOf({ status, body: FILE });
		expect(outcome).toMatchObject({ kind: 'answered', status, body: Buffer.from(FILE) });
	});

	test('that is a web page', async () => {
		const outcome = await outcomeOf({ body: '<!doctype html><title>Welcome</title>' });
		expect(robotsVerdict(outcome).rule).toBe('file');
		expect(read(outcome).isAllowed('http://a.test/x', 'FooBot')).toBe(true);
	});

	test('that is compressed', async () => {
		const outcome = await outcomeOf({ headers: { 'Content-Encoding': 'gzip' }, body: gzipSync(FILE) });
		expect(read(outcome).isAllowed('http://a.test/x', 'FooBot')).toBe(false);
	});

	test.each([
		['UTF-8 that claims to be Latin-1', 'text/plain; charset=iso-8859-1', Buffer.from('User-agent: *\nDisallow: /ü\n')],
		['UTF-8 with a byte order mark', 'text/plain', Buffer.from('\ufeffUser-agent: *\nDisallow: /ü\n')],
		['UTF-16', 'text/plain', Buffer.from('\ufeffUser-agent: *\nDisallow: /ü\n', 'utf16le')],
		[
			'UTF-8 with broken bytes',
			'text/plain',
			Buffer.from([0xff, 0xfe + 1, 0x0a, ...Buffer.from('User-agent: *\nDisallow: /ü\n')]),
		],
	])('of %s', async (_name, type, body) => {
		const robots = read(await outcomeOf({ headers: { 'Content-Type': type }, body }));
		expect(robots.isAllowed('http://a.test/ü', 'FooBot')).toBe(false);
		expect(robots.isAllowed('http://a.test/u', 'FooBot')).toBe(true);
	});
});

describe('redirects', () => {
	test('are followed five times', async () => {
		const outcome = await outcomeOf(redirect('/2'), {
			'/2': redirect('/3'),
			'/3': redirect('/4'),
			'/4': redirect('/5'),
			'/5': redirect('/6'),
			'/6': FILE,
		});
		expect(outcome).toMatchObject({ kind: 'answered', status: 200, body: Buffer.from(FILE) });
		expect(outcome.kind === 'answered' && new URL(outcome.finalUrl).pathname).toBe('/6');
	});

	test('are not followed six times', async () => {
		const outcome = await outcomeOf(redirect('/2'), {
			'/2': redirect('/3'),
			'/3': redirect('/4'),
			'/4': redirect('/5'),
			'/5': redirect('/6'),
			'/6': redirect('/7'),
			'/7': FILE,
		});
		expect(outcome.kind).toBe('misdirected');
		expect(robotsVerdict(outcome).rule).toBe('allow-all');
	});

	test.each(['/robots.txt', 'mailto:a@a.test', 'http://'])('to %j lead nowhere', async (location) => {
		expect((await outcomeOf(redirect(location))).kind).toBe('misdirected');
	});

	test('lead to other hosts, whose file counts for the first', async () => {
		await using other = await startServer({ '/robots.txt': FILE });
		await using server = await startServer({ '/robots.txt': redirect(`${other.url}/robots.txt`) });
		const outcome = await fetchRobots(client, `${server.url}/robots.txt`);
		expect(outcome).toMatchObject({ kind: 'answered', finalUrl: `${other.url}/robots.txt` });
		const cache = new RobotsCache({
			fetch: (url) => fetchRobots(client, url),
			records: { read: async () => undefined, write: async () => {} },
			userAgentToken: 'FooBot',
		});
		expect((await cache.get(server.url)).isAllowed(`${server.url}/x`)).toBe(false);
	});
});

describe('no answer', () => {
	test.each<[string, string, Route]>([
		['a server that hangs', 'ORB_HTTP_TIMEOUT', () => {}],
		[
			'a body that stops',
			'ORB_HTTP_TIMEOUT',
			(_request, response) => {
				response.write(FILE);
			},
		],
		[
			'a body that drips',
			'ORB_HTTP_TIMEOUT',
			(_request, response) => {
				const timer = setInterval(() => response.write('#'), 20);
				response.on('close', () => clearInterval(timer));
			},
		],
		['a connection that is reset', 'ORB_HTTP_CONNECT', (request) => void request.socket.resetAndDestroy()],
		[
			'a body that is cut off',
			'ORB_HTTP_CONNECTION_LOST',
			(_request, response) => {
				response.writeHead(200, { 'Content-Length': 1000 });
				response.write(FILE, () => response.destroy());
			},
		],
		['something else than HTTP', 'ORB_HTTP_PROTOCOL', (request) => void request.socket.end('HTTP/1.1 2x0 OK\r\n\r\n')],
		['a body that is not what it says', 'ORB_HTTP_DECODE', { headers: { 'Content-Encoding': 'gzip' }, body: FILE }],
	])('from %s', async (_name, code, route) => {
		const outcome = await outcomeOf(route);
		expect(outcome).toMatchObject({ kind: 'unreachable', error: { code } });
		expect(robotsVerdict(outcome).rule).toBe('disallow-all');
	});

	test('from a port that is closed', async () => {
		const server = await startServer({});
		await server.close();
		const outcome = await fetchRobots(client, `${server.url}/robots.txt`);
		expect(outcome).toMatchObject({ kind: 'unreachable', error: { code: 'ORB_HTTP_CONNECT' } });
	});

	test('from what is no address', async () => {
		const outcome = await fetchRobots(client, 'nonsense');
		expect(outcome).toMatchObject({ kind: 'unreachable', error: { code: 'ORB_HTTP_INVALID_REQUEST' } });
	});
});

describe('a large file', () => {
	const line = `Disallow: /${'a'.repeat(100)}\n`;
	const large = `${FILE}${line.repeat(6200)}Disallow: /late\n`;

	function expectTheStart(outcome: RobotsOutcome): void {
		const robots = read(outcome);
		expect(outcome).toMatchObject({ kind: 'answered', body: { length: ROBOTS_BYTES_LIMIT + 1 } });
		expect(robots.isAllowed('http://a.test/x', 'FooBot')).toBe(false);
		expect(robots.isAllowed('http://a.test/late', 'FooBot')).toBe(true);
	}

	test('of 600 KiB counts up to 500', async () => {
		expect(large.length).toBeGreaterThan(600 * 1024);
		expectTheStart(await outcomeOf({ body: large }));
	});

	test('of 600 KiB without a length counts up to 500', async () => {
		expectTheStart(
			await outcomeOf((_request, response) => {
				response.write(large);
				response.end();
			}),
		);
	});

	test('that is compressed counts up to 500', async () => {
		expectTheStart(await outcomeOf({ headers: { 'Content-Encoding': 'gzip' }, body: gzipSync(large) }));
	});

	test('that does not end counts up to 500', async () => {
		const outcome = await outcomeOf((_request, response) => {
			response.write(FILE);
			const pour = () => {
				while (!response.destroyed && response.write(line));
			};
			response.on('drain', pour);
			pour();
		});
		expectTheStart(outcome);
	});

	test('of exactly 500 KiB is whole', async () => {
		const body = FILE.padEnd(ROBOTS_BYTES_LIMIT - 16, '#').padEnd(ROBOTS_BYTES_LIMIT, '\nDisallow: /last');
		const outcome = await outcomeOf({ body });
		expect(outcome).toMatchObject({ body: { length: ROBOTS_BYTES_LIMIT } });
		expect(read(outcome).isAllowed('http://a.test/last', 'FooBot')).toBe(false);
	});
});

test('a site that fails opens as soon as it answers', async () => {
	let status = 503;
	let now = 0;
	await using server = await startServer((_request, response) => {
		response.writeHead(status).end(FILE);
	});
	const cache = new RobotsCache({
		fetch: (url) => fetchRobots(client, url),
		records: { read: async () => undefined, write: async () => {} },
		userAgentToken: 'FooBot',
		now: () => now,
	});
	const closed = await cache.get(server.url);
	expect(closed.isAllowed(`${server.url}/y`)).toBe(false);
	status = 200;
	expect(cache.get(server.url)).toBe(closed);
	now = closed.expiresAt;
	const open = await cache.get(server.url);
	expect(open.isAllowed(`${server.url}/y`)).toBe(true);
	expect(open.isAllowed(`${server.url}/x`)).toBe(false);
	expect(server.log.hits('/robots.txt')).toBe(2);
});
