import { expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { DEFAULT_TIMEOUTS } from '../../src/timeouts.ts';
import { type WebSocketOptions, webSocketSettings } from '../../src/websocket/websocket-options.ts';

const CLIENT = { headers: ['user-agent', 'me', 'accept-encoding', 'gzip'], timeouts: DEFAULT_TIMEOUTS };

it('has defaults', () => {
	expect(webSocketSettings(CLIENT, {})).toMatchObject({
		headers: ['user-agent', 'me'],
		protocols: [],
		closeTimeoutMs: 5_000,
		sendTimeoutMs: 30_000,
		heartbeatMs: 30_000,
		pongTimeoutMs: 30_000,
		maxPayloadBytes: 4 * 1024 * 1024,
		highWaterMarkBytes: 256 * 1024,
		highWaterMarkMessages: 1_024,
		compression: false,
		reconnect: undefined,
		timeouts: DEFAULT_TIMEOUTS,
	});
});

it('waits for a pong as long as for a message, unless told otherwise', () => {
	expect(webSocketSettings(CLIENT, { heartbeatMs: 50 })).toMatchObject({ heartbeatMs: 50, pongTimeoutMs: 50 });
	expect(webSocketSettings(CLIENT, { heartbeatMs: false })).toMatchObject({ heartbeatMs: false });
	expect(webSocketSettings(CLIENT, { pongTimeoutMs: 9 })).toMatchObject({ heartbeatMs: 30_000, pongTimeoutMs: 9 });
});

it('merges headers and timeouts with the client', () => {
	const options = { headers: { 'User-Agent': 'other', 'Accept-Encoding': 'br' }, timeouts: { connectMs: 5 } };
	expect(webSocketSettings(CLIENT, options)).toMatchObject({
		headers: ['user-agent', 'other', 'accept-encoding', 'br'],
		timeouts: { ...DEFAULT_TIMEOUTS, connectMs: 5 },
	});
});

it.each([
	[{ heartbeat: 1 }, 'connect has no option "heartbeat": did you mean "heartbeatMs"?'],
	[{ heartbeatMs: 0 }, 'heartbeatMs is 0'],
	[{ heartbeatMs: true }, 'heartbeatMs is true'],
	[{ pongTimeoutMs: 0 }, 'pongTimeoutMs is 0'],
	[{ closeTimeoutMs: -1 }, 'closeTimeoutMs is -1'],
	[{ sendTimeoutMs: 2 ** 31 }, 'sendTimeoutMs is 2147483648'],
	[{ maxPayloadBytes: 0 }, 'maxPayloadBytes is 0'],
	[{ maxPayloadBytes: 2 ** 31 }, 'maxPayloadBytes is 2147483648: give at most 2147483647.'],
	[{ highWaterMarkBytes: 0.5 }, 'highWaterMarkBytes is 0.5'],
	[{ highWaterMarkMessages: 0 }, 'highWaterMarkMessages is 0'],
	[{ timeouts: { connectMs: 0 } }, 'timeouts.connectMs is 0'],
	[{ timeouts: { readMs: 1 } }, 'timeouts has no option "readMs"'],
	[{ protocols: 'a b' }, 'protocols holds "a b"'],
	[{ protocols: 5 as unknown as string }, 'protocols is of type number: give a list of names.'],
	[{ compression: 'yes' as unknown as boolean }, 'compression is yes: give true or false.'],
	[{ protocols: ['a', 'a'] }, 'protocols names one twice: a, a.'],
	[{ headers: { Upgrade: 'x' } }, 'The header "Upgrade" belongs to the handshake: leave it out.'],
	[{ headers: { 'Sec-WebSocket-Protocol': 'x' } }, 'use the option protocols'],
	[{ headers: { a: 1 } }, 'The header "a" has a value of type number'],
	[{ signal: 1 }, 'signal is of type number'],
	[{ auth: {} }, 'auth has no function "authorize"'],
	[{ onOpen: 1 }, 'onOpen is of type number: give a function.'],
	[{ onReconnect: 'x' }, 'onReconnect is of type string'],
	[{ reconnect: { maxAttempts: 0 } }, 'reconnect.maxAttempts is 0'],
	[{ resumeFrom: {} }, 'resumeFrom.id is of type undefined'],
])('refuses %j', (options, message) => {
	const wrong = options as unknown as WebSocketOptions;
	expect(() => webSocketSettings(CLIENT, wrong)).toThrow(InvalidRequestError);
	expect(() => webSocketSettings(CLIENT, wrong)).toThrow(message);
});
