import { describe, expect, it } from 'vitest';
import {
	AuthError,
	ConnectError,
	ConnectionLostError,
	InvalidRequestError,
	ProtocolError,
	TimeoutError,
	TlsError,
} from '../../src/errors.ts';
import { decideReconnect } from '../../src/websocket/decide-reconnect.ts';
import { type ReconnectSettings, reconnectSettings } from '../../src/websocket/reconnect-options.ts';
import { WebSocketError } from '../../src/websocket/websocket-error.ts';

const LABEL = { method: 'GET', url: 'ws://localhost/' };
const DEFAULTS = reconnectSettings(true) as ReconnectSettings;

function refused(status: number, retryAfterMs?: number): WebSocketError {
	return new WebSocketError(LABEL, 'refused-upgrade', 'was refused.', { status, retryAfterMs });
}

const failedWith = (error: unknown) => ({ error, closeCode: undefined, attempts: 0 });
const closedWith = (closeCode: number) => ({ error: undefined, closeCode, attempts: 0 });

it('does nothing when it is off', () => {
	expect(decideReconnect(closedWith(1006), undefined, 0.5)).toEqual({ action: 'end' });
});

describe('after a connection', () => {
	it.each([1001, 1006, 1012])('%i: again', (code) => {
		expect(decideReconnect(closedWith(code), DEFAULTS, 0.5)).toEqual({ action: 'reconnect', delayMs: 250 });
	});

	it.each([1000, 1008, 4000])('%i: the end', (code) => {
		expect(decideReconnect(closedWith(code), DEFAULTS, 0.5)).toEqual({ action: 'end' });
	});
});

describe('after an attempt that failed', () => {
	it.each([
		new ConnectError(LABEL, 'refused', 'nobody listens.', undefined),
		new ConnectError(LABEL, 'dns', 'the name is unknown.', undefined),
		new TimeoutError(LABEL, 'connect', 10),
		new ConnectionLostError(LABEL, 'cut.', undefined),
		new AuthError(LABEL, 'no token', new ConnectError(LABEL, 'refused', 'nobody listens.', undefined)),
		...[408, 425, 429, 500, 502, 503, 504, 522].map((status) => refused(status)),
	])('%s: again', (error) => {
		expect(decideReconnect(failedWith(error), DEFAULTS, 0.5).action).toBe('reconnect');
	});

	it.each([
		new TlsError(LABEL, 'self-signed.', undefined),
		new ProtocolError(LABEL, 'no HTTP.', undefined),
		new InvalidRequestError('wrong'),
		new AuthError(LABEL, 'no token'),
		new WebSocketError(LABEL, 'handshake', 'wrong accept.'),
		new Error('what else'),
		...[200, 302, 400, 401, 403, 404, 410, 501, 505].map((status) => refused(status)),
	])('%s: the end', (error) => {
		expect(decideReconnect(failedWith(error), DEFAULTS, 0.5)).toEqual({ action: 'end' });
	});

	it('waits as long as Retry-After says, and no shorter than the backoff', () => {
		expect(decideReconnect(failedWith(refused(503, 7_000)), DEFAULTS, 0.5)).toEqual({
			action: 'reconnect',
			delayMs: 7_000,
		});
		expect(decideReconnect(failedWith(refused(429, 1)), DEFAULTS, 0.5)).toEqual({ action: 'reconnect', delayMs: 250 });
	});

	it('does not wait for a Retry-After beyond maxRetryAfterMs', () => {
		expect(decideReconnect(failedWith(refused(503, 300_001)), DEFAULTS, 0.5)).toEqual({ action: 'end' });
	});
});

describe('the attempts', () => {
	it('are further and further apart, up to maxDelayMs', () => {
		const delays = Array.from({ length: 9 }, (_, attempts) =>
			decideReconnect({ ...closedWith(1006), attempts }, DEFAULTS, 1),
		);
		expect(delays.map((decision) => decision.action === 'reconnect' && decision.delayMs)).toEqual([
			500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
		]);
	});

	it('are given up after maxAttempts', () => {
		expect(decideReconnect({ ...closedWith(1006), attempts: 10 }, DEFAULTS, 1)).toEqual({ action: 'give-up' });
		const endless = { ...DEFAULTS, maxAttempts: Number.POSITIVE_INFINITY };
		expect(decideReconnect({ ...closedWith(1006), attempts: 1e6 }, endless, 1)).toMatchObject({ delayMs: 30_000 });
	});
});

describe('when', () => {
	it.each([
		[true, 1000, 'reconnect'],
		[true, 4001, 'reconnect'],
		[false, 1006, 'end'],
		[undefined, 1006, 'reconnect'],
		[undefined, 1000, 'end'],
	])('%s after %i: %s', (answer, code, action) => {
		const asked: unknown[] = [];
		const when = (event: unknown): boolean | undefined => {
			asked.push(event);
			return answer;
		};
		expect(decideReconnect(closedWith(code), { ...DEFAULTS, when }, 0.5).action).toBe(action);
		expect(asked).toEqual([closedWith(code)]);
	});

	it('cannot pass over maxAttempts', () => {
		const event = { ...closedWith(1006), attempts: 10 };
		expect(decideReconnect(event, { ...DEFAULTS, when: () => true }, 1)).toEqual({ action: 'give-up' });
	});
});
