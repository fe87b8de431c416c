import { describe, expect, it } from 'vitest';
import { isTransient, nextDelayMs, Tries, UnavailableError } from '../../../src/download/answers/tries.ts';
import { DownloadError } from '../../../src/download/download-error.ts';
import { ConnectError, ConnectionLostError, ProtocolError, TimeoutError, TlsError } from '../../../src/errors.ts';
import { rejection } from '../../support/until.ts';

const request = { method: 'GET', url: 'http://host/' };
const limits = { limit: 3, baseMs: 100, maxDelayMs: 1_000, maxRetryAfterMs: 5_000 };
const lost = new ConnectionLostError(request, 'cut.', undefined);

describe('isTransient', () => {
	it.each([
		[lost, true],
		[new ConnectError(request, 'refused', 'refused.', undefined), true],
		[new TimeoutError(request, 'read', 1), true],
		[new UnavailableError(request, 503, 0), true],
		[new TimeoutError(request, 'total', 1), false],
		[new TimeoutError(request, 'pool', 1), false],
		[new TlsError(request, 'expired.', undefined), false],
		[new ProtocolError(request, 'garbage.', undefined), false],
		[new DownloadError(request, 'status', 'answered 404.'), false],
		[new Error('a mistake'), false],
	])('%s: %s', (error, expected) => {
		expect(isTransient(error)).toBe(expected);
	});
});

describe('nextDelayMs', () => {
	it('grows, is random below its ceiling, and ends', () => {
		expect(nextDelayMs(0, 0, limits, 1)).toBe(100);
		expect(nextDelayMs(2, 0, limits, 1)).toBe(400);
		expect(nextDelayMs(2, 0, limits, 0.5)).toBe(200);
		expect(nextDelayMs(3, 0, limits, 1)).toBeUndefined();
	});

	it('obeys the server, but not for ever', () => {
		expect(nextDelayMs(0, 3_000, limits, 1)).toBe(3_000);
		expect(nextDelayMs(0, 5_001, limits, 1)).toBeUndefined();
	});
});

describe('Tries', () => {
	const quick = { ...limits, baseMs: 0 };

	it('count failures in a row', async () => {
		const tries = new Tries(quick, new AbortController().signal);
		const outcomes: boolean[] = [];
		for (let i = 0; i < 3; i++) outcomes.push(await tries.again(lost));
		tries.progressed();
		for (let i = 0; i < 4; i++) outcomes.push(await tries.again(lost));
		expect(outcomes).toEqual([true, true, true, true, true, true, false]);
	});

	it('give up at once where the server asks for more than there is time for', async () => {
		const tries = new Tries(quick, new AbortController().signal);
		expect(await tries.again(new UnavailableError(request, 503, 5_001))).toBe(false);
	});

	it('end with the signal', async () => {
		const controller = new AbortController();
		const tries = new Tries({ ...limits, maxRetryAfterMs: 1e9 }, controller.signal);
		const waiting = rejection(tries.again(new UnavailableError(request, 503, 1e6)));
		controller.abort(lost);
		expect(await waiting).toBe(lost);
	});
});
