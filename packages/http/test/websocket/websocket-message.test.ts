import { expect, it } from 'vitest';
import { WebSocketError } from '../../src/websocket/websocket-error.ts';
import { WebSocketMessage } from '../../src/websocket/websocket-message.ts';

const LABEL = { method: 'GET', url: 'ws://localhost/feed' };

it('is text for a string and binary for bytes, and both can be read as text', () => {
	const text = new WebSocketMessage('grüß', LABEL);
	const bytes = new WebSocketMessage(Buffer.from('grüß'), LABEL);
	expect([text.isBinary, bytes.isBinary]).toEqual([false, true]);
	expect([text.text(), bytes.text()]).toEqual(['grüß', 'grüß']);
});

it('is parsed once', () => {
	const message = new WebSocketMessage(Buffer.from('{"a":1}'), LABEL);
	expect(message.json()).toEqual({ a: 1 });
	expect(message.json()).toBe(message.json());
	expect(new WebSocketMessage('null', LABEL).json()).toBeNull();
});

it('says whose message it was that is not JSON', () => {
	const read = (): unknown => new WebSocketMessage('<html>', LABEL).json();
	expect(read).toThrow(WebSocketError);
	expect(read).toThrow(/^GET ws:\/\/localhost\/feed sent a message that is not JSON: /);
	expect(read).toThrow(expect.objectContaining({ reason: 'not-json', cause: expect.any(SyntaxError) }));
});

it('knows its id', () => {
	expect(new WebSocketMessage('{"id":7}', LABEL, (message) => message.json<{ id: number }>().id).id).toBe(7);
	expect(new WebSocketMessage('', LABEL).id).toBeUndefined();
});
