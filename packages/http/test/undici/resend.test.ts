import { expect, it } from 'vitest';
import { maySendAgain } from '../../src/undici/resend.ts';

const LOST = {
	method: 'GET',
	reusedConnection: true,
	responseBegan: false,
	error: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
};

it.each(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])('sends %s again', (method) => {
	expect(maySendAgain({ ...LOST, method })).toBe(true);
});

it.each([
	['a method with an effect', { method: 'POST' }],
	['a new connection', { reusedConnection: false }],
	['an answer that began', { responseBegan: true }],
	['another failure', { error: new Error('something else') }],
])('does not after %s', (_name, change) => {
	expect(maySendAgain({ ...LOST, ...change })).toBe(false);
});
