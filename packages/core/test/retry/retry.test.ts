import {
	BodyTooLargeError,
	ConnectError,
	ConnectionLostError,
	DecodeError,
	HeadersTooLargeError,
	InvalidRequestError,
	ProtocolError,
	RedirectError,
	TimeoutError,
	TlsError,
} from '@orbweaver/http';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	CriticalError,
	DEFAULT_RETRY,
	decideRetry,
	type FailedTry,
	HttpStatusError,
	NonRetryableError,
	RetryRequestError,
	RobotsUnavailableError,
	SessionError,
	UnsupportedContentTypeError,
} from '../../src/index.ts';

const NOW = 1_000_000;
const label = { method: 'GET', url: 'http://a.test/' };
const decide = (failed: Partial<FailedTry>, options = {}, random = 0.5) =>
	decideRetry(
		{ error: new Error('x'), retryCount: 0, maxRetries: 3, noRetry: false, ...failed },
		{ ...DEFAULT_RETRY, ...options },
		{ now: NOW, random },
	);
const status = (code: number, retryAfterMs?: number) => new HttpStatusError(code, label.url, { retryAfterMs });

describe('what can succeed later is tried again', () => {
	test.each([
		['an error of the handler', new Error('x'), 'retry'],
		['a mistake in the handler', new TypeError('x'), 'retry'],
		['what is no error', 'text', 'retry'],
		['no connection', new ConnectError(label, 'refused', 'refused', undefined), 'retry'],
		['a timeout', new TimeoutError(label, 'total', 5), 'retry'],
		['a lost connection', new ConnectionLostError(label, 'cut', undefined), 'retry'],
		['a malformed answer', new ProtocolError(label, 'odd', undefined), 'retry'],
		['a body that cannot be decoded', new DecodeError(label, 'gzip', 'odd'), 'retry'],
		['a session that is blocked', new SessionError('x'), 'retry'],
		['a certificate', new TlsError(label, 'expired', undefined), 'fail'],
		['too large headers', new HeadersTooLargeError(label, 5, undefined), 'fail'],
		['a too large body', new BodyTooLargeError(label, 5, 'x'), 'fail'],
		['a redirect that leads nowhere', new RedirectError(label, 'loop', 'x'), 'fail'],
		['a request that cannot be', new InvalidRequestError('x'), 'fail'],
		['a NonRetryableError', new NonRetryableError('x'), 'fail'],
		['a CriticalError', new CriticalError('x'), 'fail'],
		['a type that nobody asked for', new UnsupportedContentTypeError(label.url, 'image/png'), 'fail'],
	])('%s', (_, error, action) => {
		expect(decide({ error }).action).toBe(action);
	});

	test.each([408, 425, 429, 500, 502, 503, 504, 520, 599])('status %i', (code) => {
		expect(decide({ error: status(code) }).action).toBe('retry');
	});

	test.each([204, 400, 401, 403, 404, 410, 422, 451, 501, 505, 600])('not status %i', (code) => {
		expect(decide({ error: status(code) }).action).toBe('fail');
	});
});

describe('how often', () => {
	test('up to maxRetries, whatever the error, but for a RetryRequestError', () => {
		expect(decide({ retryCount: 2 }).action).toBe('retry');
		expect(decide({ retryCount: 3 }).action).toBe('fail');
		expect(decide({ maxRetries: 0 }).action).toBe('fail');
		expect(decide({ retryCount: 50, error: new RetryRequestError('again') }).action).toBe('retry');
	});

	test('never with noRetry', () => {
		expect(decide({ noRetry: true, error: new RetryRequestError('again') }).action).toBe('fail');
	});
});

describe('how soon', () => {
	test.each([
		[0, 500],
		[1, 1_000],
		[2, 2_000],
		[10, 30_000],
		[2_000, 30_000],
	])('retry %i waits half its ceiling when the dice say one half', (retryCount, delayMs) => {
		expect(decide({ retryCount, maxRetries: 9_999 })).toEqual({ action: 'retry', delayMs });
	});

	test('not before the server said, and not at all when that is too long', () => {
		expect(decide({ error: status(503, 7_000) })).toEqual({ action: 'retry', delayMs: 7_000 });
		expect(decide({ error: status(429, 3_600_000) })).toEqual({ action: 'retry', delayMs: 3_600_000 });
		expect(decide({ error: status(429, 3_600_001) })).toEqual({ action: 'fail' });
		expect(decide({ error: status(429, 2_000) }, { maxRetryAfterSecs: 1 })).toEqual({ action: 'fail' });
	});

	test('not before robots.txt is asked for again', () => {
		const error = new RobotsUnavailableError(label.url, 'it answered 503', NOW + 4_000);

		expect(decide({ error })).toEqual({ action: 'retry', delayMs: 4_000 });
		expect(decide({ error: new RobotsUnavailableError(label.url, 'x', NOW - 4_000) })).toEqual({
			action: 'retry',
			delayMs: 500,
		});
	});

	test('always within its bounds', () => {
		const secs = fc.double({ min: 0, max: 1_000, noNaN: true });
		fc.assert(
			fc.property(
				fc.record({ baseDelaySecs: secs, maxDelaySecs: secs, maxRetryAfterSecs: secs }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.nat(3_000),
				fc.option(fc.nat(2_000_000), { nil: undefined }),
				(options, random, retryCount, retryAfterMs) => {
					const error = status(503, retryAfterMs);
					const decision = decide({ error, retryCount, maxRetries: 3_000 + 1 }, options, random);
					const askedMs = retryAfterMs ?? 0;
					if (decision.action === 'fail') {
						expect(askedMs).toBeGreaterThan(options.maxRetryAfterSecs * 1_000);
						return;
					}
					expect(decision.delayMs).toBeGreaterThanOrEqual(askedMs);
					expect(decision.delayMs).toBeLessThanOrEqual(Math.max(askedMs, Math.round(options.maxDelaySecs * 1_000)));
				},
			),
		);
	});
});
