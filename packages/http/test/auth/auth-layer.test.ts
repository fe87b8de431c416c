import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Auth } from '../../src/auth/auth.ts';
import { authLayer } from '../../src/auth/auth-layer.ts';
import { AbortedError, AuthError, TimeoutError } from '../../src/errors.ts';
import { rejection, until } from '../support/until.ts';
import { nodeSend, type ObservedBody, textOf } from './support/node-send.ts';
import { textBody, transportRequest } from './support/transport-request.ts';

/** A server that lets `Bearer good` in, and tells what it was sent. */
async function startServer(): Promise<{ origin: string; seen: (string | undefined)[] }> {
	const seen: (string | undefined)[] = [];
	const server = createServer((request: IncomingMessage, response: ServerResponse) => {
		seen.push(request.headers.authorization);
		response.statusCode = request.headers.authorization === 'Bearer good' ? 200 : 401;
		response.setHeader('WWW-Authenticate', 'Bearer');
		let body = '';
		request.on('data', (chunk) => {
			body += chunk;
		});
		request.on('end', () => response.end(`body: ${body}`));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(async () => {
		await new Promise((resolve) => server.close(resolve));
	});
	return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** Offers one token after the other. */
function tokens(...values: string[]): Auth & { renewals: number } {
	return {
		renewals: 0,
		authorize: () => `Bearer ${values[0]}`,
		renew() {
			this.renewals += 1;
			return values.shift() !== undefined && values.length > 0;
		},
	};
}

const always = (): boolean => true;

describe('authLayer', () => {
	it('adds the authorization, and leaves the request as it was', async () => {
		const { origin, seen } = await startServer();
		const request = transportRequest(origin, { headers: ['accept', '*/*'] });
		const response = await authLayer(tokens('good'), always)(nodeSend)(request);
		expect([response.status, await textOf(response), seen]).toEqual([200, 'body: ', ['Bearer good']]);
		expect(request.headers).toEqual(['accept', '*/*']);
	});

	it('sends once more with what is new, and the body again', async () => {
		const { origin, seen } = await startServer();
		const auth = tokens('old', 'good');
		const bodies: unknown[] = [];
		const counts = { sent: 0, finished: 0 };
		const send = authLayer(
			auth,
			always,
		)(async (request) => {
			const response = await nodeSend(request);
			bodies.push(response.body);
			return response;
		});
		const request = transportRequest(origin, {
			method: 'POST',
			body: textBody('hello'),
			onSent: () => {
				counts.sent += 1;
			},
			onFinished: () => {
				counts.finished += 1;
			},
		});
		const response = await send(request);
		expect([response.status, await textOf(response), seen]).toEqual([
			200,
			'body: hello',
			['Bearer old', 'Bearer good'],
		]);
		expect(bodies.map((body) => (body as ObservedBody).use)).toEqual(['discarded', 'read']);
		await until(() => counts.finished === 2);
		expect(counts).toEqual({ sent: 2, finished: 2 });
	});

	it('sends at most once more', async () => {
		const { origin, seen } = await startServer();
		const auth = tokens('old', 'older', 'good');
		const response = await authLayer(auth, always)(nodeSend)(transportRequest(origin));
		expect([response.status, await textOf(response)]).toEqual([401, 'body: ']);
		expect([seen, auth.renewals]).toEqual([['Bearer old', 'Bearer older'], 1]);
	});

	it.each([
		['has nothing new', tokens('old'), {}],
		['cannot renew', { authorize: () => 'Bearer old' }, {}],
		['sent a stream', tokens('old', 'good'), { method: 'POST', body: textBody('x', false) }],
	])('hands out the 401 unread when it %s', async (_name, auth: Auth, changes) => {
		const { origin, seen } = await startServer();
		const response = await authLayer(auth, always)(nodeSend)(transportRequest(origin, changes));
		expect([response.status, (response.body as ObservedBody).use]).toEqual([401, 'unread']);
		expect(await textOf(response)).toContain('body: ');
		expect(seen).toHaveLength(1);
	});

	it.each([
		['has one of its own', always, ['authorization', 'Bearer mine'], 'Bearer mine'],
		['goes to another origin', () => false, [], undefined],
	])('keeps its hands off a request that %s', async (_name, isOwn, headers, sent) => {
		const { origin, seen } = await startServer();
		const auth = tokens('old', 'good');
		const response = await authLayer(auth, isOwn)(nodeSend)(transportRequest(origin, { headers }));
		expect([response.status, seen, auth.renewals]).toEqual([401, [sent], 0]);
		await textOf(response);
	});

	it('asks for the origin of the request', async () => {
		const { origin } = await startServer();
		const asked: string[] = [];
		const isOwn = (of: string): boolean => asked.push(of) > 0;
		await textOf(await authLayer(tokens('good'), isOwn)(nodeSend)(transportRequest(`${origin}/a?b`)));
		expect(asked).toEqual([origin]);
	});

	it('tells what a digest needs: path, body, and that there is none', async () => {
		const { origin } = await startServer();
		const asked: unknown[] = [];
		const auth: Auth = { authorize: ({ method, path, body }) => void asked.push([method, path, body]) };
		const send = authLayer(auth, always)(nodeSend);
		await textOf(await send(transportRequest(`${origin}/a?b=c`)));
		await textOf(await send(transportRequest(origin, { method: 'PUT', body: textBody('x') })));
		await textOf(await send(transportRequest(origin, { method: 'PUT', body: textBody('x', false) })));
		expect(asked).toEqual([
			['GET', '/a?b=c', ''],
			['PUT', '/', 'x'],
			['PUT', '/', undefined],
		]);
	});

	it('gives the second request back the time that the first one waited for its slot', async () => {
		const { origin } = await startServer();
		const ends: number[] = [];
		const waits: number[] = [];
		const send = authLayer(
			tokens('old', 'good'),
			always,
		)((request) => {
			ends.push(request.totalAt);
			request.onWaited?.(1_000);
			return nodeSend(request);
		});
		const totalAt = performance.now() + 600_000;
		await textOf(await send(transportRequest(origin, { totalAt, onWaited: (ms) => void waits.push(ms) })));
		expect(ends).toEqual([totalAt, totalAt + 1_000]);
		expect(waits).toEqual([1_000, 1_000]);
	});
});

describe('an auth that fails', () => {
	const failure = new Error('no token today');

	it('becomes an AuthError before anything is sent', async () => {
		const { origin, seen } = await startServer();
		const auth: Auth = { authorize: () => Promise.reject(failure) };
		const error = await rejection(authLayer(auth, always)(nodeSend)(transportRequest(origin)));
		expect(error).toBeInstanceOf(AuthError);
		expect(error).toMatchObject({ cause: failure, url: `${origin}/` });
		expect(seen).toEqual([]);
	});

	it('becomes an AuthError after a 401, whose body is discarded', async () => {
		const { origin } = await startServer();
		const bodies: ObservedBody[] = [];
		const auth: Auth = {
			authorize: () => 'Bearer old',
			renew: () => {
				throw failure;
			},
		};
		const send = authLayer(
			auth,
			always,
		)(async (request) => {
			const response = await nodeSend(request);
			bodies.push(response.body as ObservedBody);
			return response;
		});
		const error = await rejection(send(transportRequest(origin)));
		expect(error).toMatchObject({ name: 'AuthError', cause: failure });
		expect(bodies.map(({ use }) => use)).toEqual(['discarded']);
	});

	it.each(['secret\r\nx: y', 'secr\u20act', 7 as unknown as string])('is refused the value %j', async (value) => {
		const { origin, seen } = await startServer();
		const error = await rejection(authLayer({ authorize: () => value }, always)(nodeSend)(transportRequest(origin)));
		expect(error).toBeInstanceOf(AuthError);
		expect(String(error)).not.toContain('secr');
		expect(seen).toEqual([]);
	});

	it('is not waited for longer than the signal and the call allow', async () => {
		const { origin } = await startServer();
		const hanging: Auth = { authorize: () => new Promise(() => undefined) };
		const send = authLayer(hanging, always)(nodeSend);
		const aborter = new AbortController();
		const aborted = rejection(send(transportRequest(origin, { signal: aborter.signal })));
		aborter.abort();
		expect(await aborted).toBeInstanceOf(AbortedError);
		const late = await rejection(send(transportRequest(origin, { totalAt: performance.now() + 5 })));
		expect(late).toBeInstanceOf(TimeoutError);
		expect(late).toMatchObject({ phase: 'total', limitMs: 60_000 });
	});
});
