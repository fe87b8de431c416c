import { startWebSocketServer } from '@orbweaver/testkit';
import { expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { WebSocketError } from '../../src/websocket/websocket-error.ts';
import { rejection } from '../support/until.ts';
import { connect } from './support/context.ts';

async function collect<T>(values: AsyncIterable<T>, count: number): Promise<T[]> {
	const all: T[] = [];
	for await (const value of values) if (all.push(value) === count) break;
	return all;
}

it('gives the values, and closes the connection when the loop is left', async () => {
	await using server = await startWebSocketServer();
	const connection = await connect(`${server.wsUrl}/echo`);
	for (const value of [1, null, 'text', { a: [true] }]) await connection.sendJson(value);
	await connection.send(Buffer.from('"from bytes"'));
	expect(await collect(connection.json(), 5)).toEqual([1, null, 'text', { a: [true] }, 'from bytes']);
	expect(connection.state).toBe('closed');
});

it('throws for a message that is not JSON, or skips it', async () => {
	await using server = await startWebSocketServer();
	const strict = await connect(`${server.wsUrl}/echo`);
	const lenient = await connect(`${server.wsUrl}/echo`);
	for (const connection of [strict, lenient]) {
		for (const text of ['1', 'not json', '2']) await connection.send(text);
	}
	const error = await rejection(collect(strict.json(), 3));
	expect(error).toBeInstanceOf(WebSocketError);
	expect(error).toMatchObject({ reason: 'not-json' });
	expect(strict.state).toBe('closed');
	expect(await collect(lenient.json({ invalid: 'skip' }), 2)).toEqual([1, 2]);
});

it('refuses wrong options at once', async () => {
	await using server = await startWebSocketServer();
	await using connection = await connect(`${server.wsUrl}/echo`);
	expect(() => connection.json({ invalid: 'ignore' as 'skip' })).toThrow(InvalidRequestError);
	expect(() => connection.json({ onInvalid: 'skip' } as object)).toThrow('did you mean "invalid"');
});
