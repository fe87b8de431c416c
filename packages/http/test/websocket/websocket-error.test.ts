import { expect, it } from 'vitest';
import { HttpError } from '../../src/errors.ts';
import { WebSocketError } from '../../src/websocket/websocket-error.ts';

it('is an HttpError with a stable code, and knows only what it was told', () => {
	const cause = new Error('below');
	const request = { method: 'GET', url: 'ws://localhost/' };
	const error = new WebSocketError(request, 'closed', 'was closed.', { closeCode: 1011, closeReason: 'why', cause });
	expect(error).toBeInstanceOf(HttpError);
	expect(error).toMatchObject({
		name: 'WebSocketError',
		code: 'ORB_HTTP_WEBSOCKET',
		message: 'GET ws://localhost/ was closed.',
		reason: 'closed',
		closeCode: 1011,
		closeReason: 'why',
		status: undefined,
		excerpt: undefined,
		retryAfterMs: undefined,
		cause,
	});
	expect('cause' in new WebSocketError(request, 'lost', 'was lost.')).toBe(false);
});
