import { type Api, startApi } from '@orbweaver/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Auth, AuthRequest } from '../../src/auth/auth.ts';
import { authLayer } from '../../src/auth/auth-layer.ts';
import { bearerAuth, type GetToken } from '../../src/auth/bearer-auth.ts';
import { AbortedError, AuthError, InvalidRequestError } from '../../src/errors.ts';
import { rejection } from '../support/until.ts';
import { nodeSend, textOf } from './support/node-send.ts';
import { transportRequest } from './support/transport-request.ts';

const request: AuthRequest = { method: 'GET', url: 'http://a.test/', path: '/', body: '', signal: undefined };

/** Gives t1, t2, t3 …, each with `rest`. */
function counter(rest: { expiresInMs?: number } = {}): GetToken & { calls: number } {
	const getToken = (): { token: string } => {
		getToken.calls += 1;
		return { token: `t${getToken.calls}`, ...rest };
	};
	getToken.calls = 0;
	return getToken;
}

/** The tokens that `count` requests get at the same moment. */
function ask(auth: Auth, count: number): Promise<(string | undefined)[]> {
	return Promise.all(Array.from({ length: count }, async () => auth.authorize(request)));
}

async function refuse(auth: Auth, authorization: string): Promise<boolean | undefined> {
	return auth.renew?.(request, { headers: {}, authorization });
}

describe('getting a token', () => {
	it('happens at the first request, once for all', async () => {
		const getToken = counter();
		const auth = bearerAuth(getToken);
		expect(getToken.calls).toBe(0);
		expect(new Set(await ask(auth, 50))).toEqual(new Set(['Bearer t1']));
		expect(auth.authorize(request)).toBe('Bearer t1');
		expect(getToken.calls).toBe(1);
	});

	it.each([
		['rejects', () => Promise.reject(new Error('down'))],
		[
			'throws',
			() => {
				throw new Error('down');
			},
		],
	])('fails every request that waits when getToken %s, and is tried again by the next', async (_name, fail) => {
		const good = counter();
		let failures = 0;
		const auth = bearerAuth(() => {
			failures += 1;
			return failures === 1 ? fail() : good();
		});
		const errors = await Promise.all([rejection(ask(auth, 1)), rejection(ask(auth, 1))]);
		for (const error of errors) {
			expect(error).toBeInstanceOf(AuthError);
			expect(error).toMatchObject({ code: 'ORB_HTTP_AUTH', url: request.url, cause: { message: 'down' } });
		}
		expect(failures).toBe(1);
		expect(await ask(auth, 1)).toEqual(['Bearer t1']);
	});

	it('fails for what is no token, without showing it', async () => {
		const error = await rejection(
			ask(
				bearerAuth(() => 'secret\n'),
				1,
			),
		);
		expect(error).toBeInstanceOf(AuthError);
		expect(String(error)).not.toContain('secret');
	});

	it('goes on for the others when one request is aborted', async () => {
		const { promise, resolve } = Promise.withResolvers<string>();
		let calls = 0;
		const auth = bearerAuth(() => {
			calls += 1;
			return promise;
		});
		const aborter = new AbortController();
		const impatient = rejection(Promise.resolve(auth.authorize({ ...request, signal: aborter.signal })));
		const patient = ask(auth, 2);
		aborter.abort();
		expect(await impatient).toBeInstanceOf(AbortedError);
		resolve('late');
		expect(await patient).toEqual(['Bearer late', 'Bearer late']);
		expect(calls).toBe(1);
	});
});

describe('a getToken that asks its own auth', () => {
	it('runs once, and waits for itself until its signal or the call ends', async () => {
		const aborter = new AbortController();
		let calls = 0;
		const auth: Auth = bearerAuth(async () => {
			calls += 1;
			return (await auth.authorize({ ...request, signal: aborter.signal })) ?? '';
		});
		const waiting = rejection(ask(auth, 1));
		await new Promise((resolve) => setImmediate(resolve));
		aborter.abort();
		expect(await waiting).toMatchObject({ name: 'AuthError', cause: { name: 'AbortedError' } });
		expect(calls).toBe(1);
	});
});

describe('the end of a token', () => {
	beforeEach(() => {
		vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 });
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	it('is met in the background first, then all wait for the next one', async () => {
		const getToken = counter({ expiresInMs: 2_000 });
		const auth = bearerAuth(getToken, { skewMs: 1_000 });
		await ask(auth, 1);
		vi.advanceTimersByTime(999);
		expect([await ask(auth, 2), getToken.calls]).toEqual([['Bearer t1', 'Bearer t1'], 1]);
		vi.advanceTimersByTime(1);
		expect([auth.authorize(request), auth.authorize(request)]).toEqual(['Bearer t1', 'Bearer t1']);
		expect(await ask(auth, 1)).toEqual(['Bearer t1']);
		await vi.waitUntil(() => auth.authorize(request) === 'Bearer t2');
		expect(getToken.calls).toBe(2);
		vi.advanceTimersByTime(1_500);
		expect(await ask(auth, 3)).toEqual(['Bearer t3', 'Bearer t3', 'Bearer t3']);
		expect(getToken.calls).toBe(3);
	});

	it('does not ask for each request when the skew is longer than the life', async () => {
		const getToken = counter({ expiresInMs: 2_000 });
		const auth = bearerAuth(getToken);
		for (let ms = 0; ms < 20_000; ms += 100) {
			await ask(auth, 2);
			await new Promise((resolve) => setImmediate(resolve));
			vi.advanceTimersByTime(100);
		}
		// One at the beginning, and one each time that half of the life is over.
		expect(getToken.calls).toBe(20);
	});

	it('keeps a token in use while the next one cannot be had in the background', async () => {
		let calls = 0;
		const auth = bearerAuth(
			() => {
				calls += 1;
				if (calls > 1) throw new Error('down');
				return { token: 't1', expiresInMs: 100_000 };
			},
			{ skewMs: 20_000 },
		);
		await ask(auth, 1);
		vi.advanceTimersByTime(85_000);
		expect(await ask(auth, 1)).toEqual(['Bearer t1']);
		await new Promise((resolve) => setImmediate(resolve));
		expect([await ask(auth, 1), calls > 1]).toEqual([['Bearer t1'], true]);
		await new Promise((resolve) => setImmediate(resolve));
		vi.advanceTimersByTime(5_000);
		expect(await rejection(ask(auth, 1))).toBeInstanceOf(AuthError);
	});
});

describe('a refused token', () => {
	it('is replaced once for a storm of refusals', async () => {
		const getToken = counter();
		const auth = bearerAuth(getToken);
		await ask(auth, 1);
		const storm = Array.from({ length: 50 }, () => refuse(auth, 'Bearer t1'));
		expect(new Set(await Promise.all(storm))).toEqual(new Set([true]));
		expect(await refuse(auth, 'Bearer t1')).toBe(true);
		expect([await ask(auth, 1), getToken.calls]).toEqual([['Bearer t2'], 2]);
	});

	it('is not sent again when getToken has no other', async () => {
		const auth = bearerAuth(() => 'same');
		await ask(auth, 1);
		expect(await refuse(auth, 'Bearer same')).toBe(false);
	});

	it('fails the request when getToken fails, and the next request asks again', async () => {
		const good = counter();
		const answers = [
			good,
			(): never => {
				throw new Error('down');
			},
			good,
		];
		const auth = bearerAuth(() => answers.shift()?.() ?? '');
		await ask(auth, 1);
		expect(await rejection(refuse(auth, 'Bearer t1'))).toMatchObject({ name: 'AuthError', cause: { message: 'down' } });
		expect(await ask(auth, 1)).toEqual(['Bearer t2']);
	});
});

describe('against an API whose tokens end', () => {
	/** Says who asks, with the tokens of as many logins as it takes. */
	function whoAmI(api: Api): () => Promise<string> {
		const auth = bearerAuth(async () => {
			const body = JSON.stringify({ user: api.user, password: api.password });
			const answer = await fetch(`${api.url}/login`, { method: 'POST', body });
			const { access_token, expires_in } = (await answer.json()) as { access_token: string; expires_in: number };
			return { token: access_token, expiresInMs: expires_in * 1_000 };
		});
		const send = authLayer(auth, (origin) => origin === api.url)(nodeSend);
		return async () => {
			const response = await send(transportRequest(`${api.url}/me`));
			return `${response.status} ${(await textOf(response)).trim()}`;
		};
	}

	it('logs in once, and once more when the tokens are revoked, however many ask', async () => {
		await using api = await startApi({ tokenLifetimeMs: 600_000 });
		const ask = whoAmI(api);
		const askOften = (): Promise<string[]> => Promise.all(Array.from({ length: 30 }, ask));
		expect(new Set(await askOften())).toEqual(new Set(['200 {"user":"ada"}']));
		expect(api.logins).toBe(1);
		api.revokeTokens();
		expect(new Set(await askOften())).toEqual(new Set(['200 {"user":"ada"}']));
		expect(api.logins).toBe(2);
	});

	it('outlives tokens of two seconds', async () => {
		await using api = await startApi({ tokenLifetimeMs: 2_000 });
		const ask = whoAmI(api);
		while (api.logins < 3) {
			expect(await ask()).toBe('200 {"user":"ada"}');
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	});
});

describe('bearerAuth', () => {
	it.each([
		[() => bearerAuth('secret' as unknown as GetToken), /given a string: give a function/],
		[() => bearerAuth(() => 't', { skew: 1 } as object), /did you mean "skewMs"/],
		[() => bearerAuth(() => 't', { skewMs: -1 }), /skewMs is -1/],
	])('refuses what is wrong', (make, message) => {
		expect(make).toThrow(InvalidRequestError);
		expect(make).toThrow(message);
		expect(make).not.toThrow(/secret/);
	});
});
