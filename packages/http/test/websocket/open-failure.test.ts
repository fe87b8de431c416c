import { expect, it } from 'vitest';
import { ConnectError, HeadersTooLargeError, ProtocolError, TlsError } from '../../src/errors.ts';
import { openFailure } from '../../src/websocket/open-failure.ts';
import { WebSocketError } from '../../src/websocket/websocket-error.ts';

const LABEL = { method: 'GET', url: 'ws://localhost/' };
const LIMITS = { connectMs: 10, maxHeaderBytes: 20 };
const coded = (code: string, message = code): Error => Object.assign(new Error(message), { code });

it.each([
	[coded('ECONNREFUSED'), ConnectError, { reason: 'refused' }],
	[coded('ENOTFOUND'), ConnectError, { reason: 'dns' }],
	[coded('ECONNRESET', 'socket hang up'), ConnectError, { reason: 'closed' }],
	[coded('ECONNRESET', 'read ECONNRESET'), ConnectError, { reason: 'reset' }],
	[coded('DEPTH_ZERO_SELF_SIGNED_CERT'), TlsError, {}],
	[coded('HPE_HEADER_OVERFLOW'), HeadersTooLargeError, { limitBytes: 20 }],
	[coded('HPE_INVALID_CONSTANT'), ProtocolError, {}],
	[new Error('Invalid Sec-WebSocket-Accept header'), WebSocketError, { reason: 'handshake' }],
])('%s', (error, type, details) => {
	const failure = openFailure(error, LABEL, LIMITS);
	expect(failure).toBeInstanceOf(type);
	expect(failure).toMatchObject({ ...details, cause: error, url: LABEL.url });
});

it('leaves our own errors as they are', () => {
	const error = new ConnectError(LABEL, 'proxy', 'no.', undefined);
	expect(openFailure(error, LABEL, LIMITS)).toBe(error);
});
