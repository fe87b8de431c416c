import { expect, it } from 'vitest';
import { maySendAgain } from '../../src/undici/resend.ts';

const LOST = {
	method: 'GET',
	retried: true,
	reusedConnection: true,
	responseBegan: false,
	error: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
};

it.each(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])('sends %s again', (method) => {
	expect(maySendAgain({ ...LOST, method })).toBe(true);
});

it.each(['GET', 'HEAD', 'OPTIONS', 'TRACE'])(
	'sends %s again, which changes nothing, even without retries',
	(method) => {
		expect(maySendAgain({ ...LOST, method, retried: false })).toBe(true);
	},
);

it.each(['PUT', 'DELETE'])('does not send %s again without retries', (method) => {
	expect(maySendAgain({ ...LOST, method, retried: false })).toBe(false);
});

it.each([
	['a method with an effect', { method: 'POST' }],
	['a new connection', { reusedConnection: false }],
	['an answer that began', { responseBegan: true }],
	['another failure', { error: new Error('something else') }],
])('does not after %s', (_name, change) => {
	expect(maySendAgain({ ...LOST, ...change })).toBe(false);
});

it.each(['ERR_HTTP2_INVALID_SESSION', 'ERR_HTTP2_GOAWAY_SESSION'])('sends what was never sent, as after %s', (code) => {
	const error = Object.assign(new Error('The session has been destroyed'), { code });
	expect(maySendAgain({ ...LOST, error, method: 'POST', retried: false, reusedConnection: false })).toBe(true);
});
