import { describe, expect, it } from 'vitest';
import {
	BodyTooLargeError,
	ConnectError,
	ConnectionLostError,
	DecodeError,
	InvalidRequestError,
	TimeoutError,
	TlsError,
} from '../../src/errors.ts';
import { decideRetry, type FailedAttempt } from '../../src/retry/decide-retry.ts';
import { DEFAULT_RETRY } from '../../src/retry/retry-options.ts';

const request = { method: 'GET', url: 'http://127.0.0.1/' };
const ATTEMPT: FailedAttempt = {
	method: 'GET',
	headers: [],
	repeatableBody: true,
	error: undefined,
	status: 503,
	retryAfterMs: undefined,
	retries: 0,
	remainingMs: 60_000,
};
const failure = (error: unknown): FailedAttempt => ({ ...ATTEMPT, status: undefined, error });
const decide = (attempt: FailedAttempt, random = 1) => decideRetry(attempt, DEFAULT_RETRY, random);
const refused = new ConnectError(request, 'refused', '', undefined);
const reset = new ConnectError(request, 'reset', '', undefined);

describe('decideRetry', () => {
	it.each([408, 429, 500, 502, 503, 504, 521, 522, 524])('repeats after %d', (status) => {
		expect(decide({ ...ATTEMPT, status })).toEqual({ action: 'retry', delayMs: 250 });
	});

	it.each([200, 301, 400, 401, 404, 501])('does not repeat after %d', (status) => {
		expect(decide({ ...ATTEMPT, status })).toEqual({ action: 'give-up' });
	});

	it.each([
		refused,
		reset,
		new ConnectionLostError(request, '', undefined),
		...(['connect', 'headers', 'read'] as const).map((phase) => new TimeoutError(request, phase, 1)),
	])('repeats after $message', (error) => {
		expect(decide(failure(error)).action).toBe('retry');
	});

	it.each([
		new TimeoutError(request, 'total', 1),
		new TimeoutError(request, 'pool', 1),
		new TlsError(request, '', undefined),
		new ConnectError(request, 'proxy-credentials', '', undefined),
		new BodyTooLargeError(request, 1, ''),
		new DecodeError(request, 'gzip', ''),
		new InvalidRequestError(''),
		new Error('a function of the caller'),
	])('does not repeat after $message', (error) => {
		expect(decide(failure(error))).toEqual({ action: 'give-up' });
	});

	it('repeats POST only when nothing of it was sent, or it has an Idempotency-Key', () => {
		const post = { method: 'POST' };
		expect(decide({ ...ATTEMPT, ...post }).action).toBe('give-up');
		expect(decide({ ...failure(reset), ...post }).action).toBe('give-up');
		expect(decide({ ...failure(refused), ...post }).action).toBe('retry');
		expect(decide({ ...failure(new TimeoutError(request, 'connect', 1)), ...post }).action).toBe('retry');
		expect(decide({ ...failure(new TimeoutError(request, 'headers', 1)), ...post }).action).toBe('give-up');
		expect(decide({ ...ATTEMPT, ...post, headers: ['idempotency-key', '1'] }).action).toBe('retry');
	});

	it('does not repeat a body that is spent', () => {
		expect(decide({ ...ATTEMPT, method: 'PUT', repeatableBody: false }).action).toBe('give-up');
	});

	it('does not ask the cache again that was asked alone', () => {
		const headers = ['cache-control', 'Only-If-Cached'];
		expect(decide({ ...ATTEMPT, status: 504, headers }).action).toBe('give-up');
		expect(decide({ ...ATTEMPT, status: 503, headers }).action).toBe('retry');
	});

	it('ends with the limit', () => {
		expect(decide({ ...ATTEMPT, retries: 1 })).toEqual({ action: 'retry', delayMs: 500 });
		expect(decide({ ...ATTEMPT, retries: 2 })).toEqual({ action: 'give-up' });
	});

	it('obeys Retry-After, and gives up over maxRetryAfterMs', () => {
		expect(decide({ ...ATTEMPT, retryAfterMs: 3_000 })).toEqual({ action: 'retry', delayMs: 3_000 });
		expect(decide({ ...ATTEMPT, retryAfterMs: 60_001, remainingMs: 1e9 })).toEqual({ action: 'give-up' });
	});

	it('gives up at once when the wait would outlast the call', () => {
		expect(decide({ ...ATTEMPT, retryAfterMs: 3_000, remainingMs: 3_000 })).toEqual({ action: 'give-up' });
	});

	it('waits a random part of the ceiling', () => {
		expect(decide(ATTEMPT, 0.5)).toEqual({ action: 'retry', delayMs: 125 });
		expect(decide({ ...ATTEMPT, retryAfterMs: 200 }, 0.5)).toEqual({ action: 'retry', delayMs: 200 });
	});
});
